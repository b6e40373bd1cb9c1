"""What a payer's software makes of coded lines: MS-DRG, Medicare Code Editor, HCC. Educational estimates, all of it."""
