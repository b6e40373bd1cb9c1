"""Which code sets there are, and what is published beside them; each comes in dated releases of its own."""

from django.db.models import TextChoices


class System(TextChoices):
    ICD10CM = "icd10cm", "ICD-10-CM"
    ICD10PCS = "icd10pcs", "ICD-10-PCS"
    HCPCS = "hcpcs", "HCPCS Level II"
    CPT = "cpt", "CPT"  # rows of one institution, under its own licence
    # Published beside the code sets, dated in the same way
    CM_INDEX = "icd10cm_index", "ICD-10-CM Alphabetic Index"
    CM_EXTERNAL = "icd10cm_external", "ICD-10-CM External Cause Index"
    CM_NEOPLASM = "icd10cm_neoplasm", "ICD-10-CM Table of Neoplasms"
    CM_DRUG = "icd10cm_drug", "ICD-10-CM Table of Drugs and Chemicals"
    CM_GUIDELINES = "icd10cm_guidelines", "ICD-10-CM Official Guidelines"
    PCS_GUIDELINES = "icd10pcs_guidelines", "ICD-10-PCS Official Guidelines"
    PCS_TABLES = "icd10pcs_tables", "ICD-10-PCS Tables"
    PCS_INDEX = "icd10pcs_index", "ICD-10-PCS Index"
    PCS_DEFINITIONS = "icd10pcs_definitions", "ICD-10-PCS Definitions"
    POA_EXEMPT = "poa_exempt", "POA-exempt list"
    MS_DRG = "ms_drg", "MS-DRG Table 5"
    MCC_LIST = "mcc_list", "MCC list (Table 6I)"
    CC_LIST = "cc_list", "CC list (Table 6J)"
    CC_EXCLUSIONS = "cc_exclusions", "CC exclusions (Table 6K)"
    CMS_HCC = "cms_hcc", "CMS-HCC mappings"
    NCCI_PTP = "ncci_ptp", "NCCI procedure-to-procedure edits"
    MUE = "mue", "Medically Unlikely Edits"


CODE_SETS = (System.ICD10CM, System.ICD10PCS, System.HCPCS)
# These hold CPT numbers: they belong to the institution that loads them and are never shared.
LICENSED = (System.CPT, System.NCCI_PTP, System.MUE)
