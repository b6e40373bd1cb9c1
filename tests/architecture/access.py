"""Who gets which answer at which address. Written by hand; test_access.py compares every cell with a real request.

A row holds one status per person, for GET and for POST, in the order of PEOPLE. The objects in the address are Tia's,
in Ines's evening class. Wim and Olga are the other class of the school, Ada is its admin, Otto is another school.
"""

PEOPLE = ["visitor", "tia", "sam", "wim", "otto", "ines", "olga", "ada"]

ALL = "200 200 200 200 200 200 200 200"
MEMBERS = "302 200 200 200 200 200 200 200"  # everyone who is logged in; visitors go to the log-in
NOBODY = "405 405 405 405 405 405 405 405"
NOT_THIS_WAY = "302 405 405 405 405 405 405 405"
DONE = "302 302 302 302 302 302 302 302"  # done, then on to a page; visitors go to the log-in
REFUSED = "302 422 422 422 422 422 422 422"  # an empty form comes back with its errors
ONLY_TIA = "302 200 404 404 404 404 404 404"
TIA_MAY = "302 302 404 404 404 404 404 404"
HER_TEACHERS = "302 200 404 404 404 200 404 200"
HER_CLASS = "302 200 200 404 404 200 404 200"
CLASS_MAY = "302 302 302 404 404 302 404 302"

ENTRANCE = "200 302 302 302 302 302 302 302"  # for visitors; who is logged in is sent on
NOTHING_SET_UP = "302 404 404 404 404 404 404 404"  # nobody in the table has a second factor
NO_SUCH = "404 404 404 404 404 404 404 404"

# name: (GET, POST)
ACCESS = {
    # Operation and the site itself
    "healthz": (ALL, NOBODY),
    "readyz": (ALL, NOBODY),
    "styleguide": (ALL, NOBODY),
    "keyboard": (ALL, NOBODY),
    "home": (ALL, NOBODY),
    # People
    "join": (MEMBERS, REFUSED),
    "preferences": (MEMBERS, REFUSED),
    # Learn
    "lessons": (MEMBERS, NOT_THIS_WAY),
    "lesson": (MEMBERS, NOT_THIS_WAY),
    "check": (NOT_THIS_WAY, REFUSED),
    # Practise
    "cases": (MEMBERS, NOT_THIS_WAY),
    "case": (MEMBERS, NOT_THIS_WAY),
    "start_attempt": (NOT_THIS_WAY, DONE),
    "attempt": (ONLY_TIA, NOT_THIS_WAY),
    "add_line": (NOT_THIS_WAY, "302 422 404 404 404 404 404 404"),
    "set_poa": (NOT_THIS_WAY, TIA_MAY),
    "move_line": (NOT_THIS_WAY, TIA_MAY),
    "remove_line": (NOT_THIS_WAY, TIA_MAY),
    "undo_remove": (NOT_THIS_WAY, TIA_MAY),
    "submit_attempt": (NOT_THIS_WAY, TIA_MAY),
    "feedback": (HER_TEACHERS, NOT_THIS_WAY),
    "weights": ("302 403 403 403 403 403 403 200", "302 403 403 403 403 403 403 422"),
    # The code book
    "code_search": (MEMBERS, NOT_THIS_WAY),
    **dict.fromkeys(["tabular", "tabular_of", "section", "code", "tables"], (MEMBERS, NOT_THIS_WAY)),
    **dict.fromkeys(["volume", "index_jump", "index_term", "index_letter"], (MEMBERS, NOT_THIS_WAY)),
    **dict.fromkeys(["guidelines", "guideline", "guideline_in_release"], (MEMBERS, NOT_THIS_WAY)),
    "code_in_release": (MEMBERS, NOT_THIS_WAY),
    "pcs": (DONE, NOT_THIS_WAY),
    "pcs_builder": (MEMBERS, NOT_THIS_WAY),
    "pcs_table": (MEMBERS, NOT_THIS_WAY),
    "pcs_code": (MEMBERS, NOT_THIS_WAY),
    "hcpcs": (DONE, NOT_THIS_WAY),
    "hcpcs_sections": (MEMBERS, NOT_THIS_WAY),
    "hcpcs_section": (MEMBERS, NOT_THIS_WAY),
    "hcpcs_modifiers": (MEMBERS, NOT_THIS_WAY),
    "hcpcs_code": (MEMBERS, NOT_THIS_WAY),
    "ms_drg": (DONE, NOT_THIS_WAY),
    "drg_categories": (MEMBERS, NOT_THIS_WAY),
    "drg_category": (MEMBERS, NOT_THIS_WAY),
    "drg": (MEMBERS, NOT_THIS_WAY),
    **dict.fromkeys(["marks", "export_marks"], (MEMBERS, NOT_THIS_WAY)),
    "book_page": (DONE, NOT_THIS_WAY),
    "add_mark": (NOT_THIS_WAY, REFUSED),
    "edit_mark": (ONLY_TIA, "302 422 404 404 404 404 404 404"),
    **dict.fromkeys(["remove_mark", "bring_mark_back"], (NOT_THIS_WAY, TIA_MAY)),
    "book_mode": (NOT_THIS_WAY, DONE),
    "drills": (MEMBERS, NOT_THIS_WAY),
    "start_drill": (NOT_THIS_WAY, DONE),
    "drill": (TIA_MAY, NOT_THIS_WAY),
    "drill_task": (ONLY_TIA, NOT_THIS_WAY),
    "answer_task": (NOT_THIS_WAY, "302 422 404 404 404 404 404 404"),
    **dict.fromkeys(["next_task", "repeat_drill"], (NOT_THIS_WAY, TIA_MAY)),
    "find_codes": (MEMBERS, NOT_THIS_WAY),
    "code_sets": ("302 403 403 403 403 403 403 200", "302 403 403 403 403 403 403 422"),
    "cpt_licence": ("302 403 403 403 403 403 403 200", "302 403 403 403 403 403 403 422"),
    "supplied": ("302 403 403 403 403 403 403 200", NOT_THIS_WAY),
    **dict.fromkeys(
        ["load_code_set", "work_now", "discard_supplied"], (NOT_THIS_WAY, "302 403 403 403 403 403 403 302")
    ),
    # Exams
    "exams": (MEMBERS, NOT_THIS_WAY),
    "exam": (HER_CLASS, NOT_THIS_WAY),
    "start_sitting": (NOT_THIS_WAY, CLASS_MAY),
    "sitting": (TIA_MAY, NOT_THIS_WAY),
    "sitting_item": (ONLY_TIA, NOT_THIS_WAY),
    "save_answer": (NOT_THIS_WAY, "302 422 404 404 404 404 404 404"),
    "flag_item": (NOT_THIS_WAY, TIA_MAY),
    "review_sitting": (ONLY_TIA, NOT_THIS_WAY),
    "submit_sitting": (NOT_THIS_WAY, TIA_MAY),
    "sitting_receipt": (TIA_MAY, NOT_THIS_WAY),
    "sitting_clock": (ONLY_TIA, NOT_THIS_WAY),
    "sitting_report": (TIA_MAY, NOT_THIS_WAY),
    # Teach
    "teach": (MEMBERS, NOT_THIS_WAY),
    "code_changes": ("302 403 403 403 403 200 200 200", NOT_THIS_WAY),
    "cohort": ("302 404 404 404 404 200 404 200", NOT_THIS_WAY),
    "administration_results": ("302 403 403 404 404 200 404 200", NOT_THIS_WAY),
    "release_scores": (NOT_THIS_WAY, "302 403 403 404 404 302 404 302"),
    # Signing in and security, each person's own. DONE is often the way to type the password again.
    "account_login": (ENTRANCE, ENTRANCE),
    "account_logout": (MEMBERS, DONE),
    "account_inactive": (ALL, NOBODY),
    "account_signup": (ENTRANCE, ENTRANCE),
    "account_reauthenticate": (MEMBERS, MEMBERS),
    "account_email": (MEMBERS, DONE),
    "account_email_verification_sent": (ALL, NOBODY),
    "account_change_password": (MEMBERS, MEMBERS),
    "account_set_password": (DONE, DONE),
    "account_reset_password": (ALL, ALL),
    "account_confirm_login_code": (DONE, DONE),
    "account_confirm_email": (ALL, NO_SUCH),
    "account_reset_password_from_key_done": (ALL, NOBODY),
    "account_reset_password_from_key": (ALL, ALL),
    "account_reset_password_done": (ALL, NOBODY),
    "mfa_index": (MEMBERS, NOT_THIS_WAY),
    "mfa_authenticate": (DONE, DONE),
    "mfa_reauthenticate": (DONE, DONE),
    "mfa_activate_totp": (DONE, DONE),
    "mfa_deactivate_totp": (NOTHING_SET_UP, NOTHING_SET_UP),
    "mfa_view_recovery_codes": (NOTHING_SET_UP, NOT_THIS_WAY),
    "mfa_generate_recovery_codes": (DONE, DONE),
    "mfa_download_recovery_codes": (NOTHING_SET_UP, NOTHING_SET_UP),
    "mfa_list_webauthn": (MEMBERS, NOT_THIS_WAY),
    "mfa_add_webauthn": (DONE, DONE),
    "mfa_reauthenticate_webauthn": (DONE, DONE),
    "mfa_remove_webauthn": (DONE, DONE),
    "mfa_edit_webauthn": (DONE, DONE),
    "mfa_login_webauthn": (DONE, DONE),
    "usersessions_list": (MEMBERS, DONE),
}
