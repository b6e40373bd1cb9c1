"""Real ICD-10-CM codes (FY2026 titles) and short ways to write a key and a sheet."""

from __future__ import annotations

from grading.answers import Answer, CodedLine, CodeFacts, Key, KeyLine, LineClass, Pair, Poa, Setting
from grading.chart import grade_chart
from grading.parsing import parse_answer, parse_key

FRACTURE = "fracture of the lower end of"
RETINOPATHY = "Type 2 diabetes mellitus with mild nonproliferative diabetic retinopathy with macular edema"
HEARS = "with unrestricted hearing on the contralateral side"
TITLES = {
    "A41.9": "Sepsis, unspecified organism",
    "E11": "Type 2 diabetes mellitus",
    "E11.2": "Type 2 diabetes mellitus with kidney complications",
    "E11.21": "Type 2 diabetes mellitus with diabetic nephropathy",
    "E11.22": "Type 2 diabetes mellitus with diabetic chronic kidney disease",
    "E11.3211": f"{RETINOPATHY}, right eye",
    "E11.3212": f"{RETINOPATHY}, left eye",
    "E11.8": "Type 2 diabetes mellitus with unspecified complications",
    "E11.9": "Type 2 diabetes mellitus without complications",
    "E78.5": "Hyperlipidemia, unspecified",
    "F17.210": "Nicotine dependence, cigarettes, uncomplicated",
    "H25.10": "Age-related nuclear cataract, unspecified eye",
    "H25.11": "Age-related nuclear cataract, right eye",
    "H25.13": "Age-related nuclear cataract, bilateral",
    "H61.21": "Impacted cerumen, right ear",
    "H61.23": "Impacted cerumen, bilateral",
    "H90.3": "Sensorineural hearing loss, bilateral",
    "H90.41": f"Sensorineural hearing loss, unilateral, right ear, {HEARS}",
    "H90.42": f"Sensorineural hearing loss, unilateral, left ear, {HEARS}",
    "I10": "Essential (primary) hypertension",
    "I11.0": "Hypertensive heart disease with heart failure",
    "I48": "Atrial fibrillation and flutter",
    "I48.0": "Paroxysmal atrial fibrillation",
    "I48.9": "Unspecified atrial fibrillation and atrial flutter",
    "I48.91": "Unspecified atrial fibrillation",
    "I50.20": "Unspecified systolic (congestive) heart failure",
    "I50.21": "Acute systolic (congestive) heart failure",
    "I50.23": "Acute on chronic systolic (congestive) heart failure",
    "I50.33": "Acute on chronic diastolic (congestive) heart failure",
    "I50.9": "Heart failure, unspecified",
    "I63.011": "Cerebral infarction due to thrombosis of right vertebral artery",
    "I63.013": "Cerebral infarction due to thrombosis of bilateral vertebral arteries",
    "I70.201": "Unspecified atherosclerosis of native arteries of extremities, right leg",
    "I70.203": "Unspecified atherosclerosis of native arteries of extremities, bilateral legs",
    "J18.9": "Pneumonia, unspecified organism",
    "J44.1": "Chronic obstructive pulmonary disease with (acute) exacerbation",
    "J96.00": "Acute respiratory failure, unspecified whether with hypoxia or hypercapnia",
    "J96.01": "Acute respiratory failure with hypoxia",
    "J96.02": "Acute respiratory failure with hypercapnia",
    "J96.90": "Respiratory failure, unspecified, unspecified whether with hypoxia or hypercapnia",
    "M17.0": "Bilateral primary osteoarthritis of knee",
    "M17.10": "Unilateral primary osteoarthritis, unspecified knee",
    "M17.11": "Unilateral primary osteoarthritis, right knee",
    "M17.12": "Unilateral primary osteoarthritis, left knee",
    "N17.9": "Acute kidney failure, unspecified",
    "N18.30": "Chronic kidney disease, stage 3 unspecified",
    "N18.32": "Chronic kidney disease, stage 3b",
    "N18.4": "Chronic kidney disease, stage 4 (severe)",
    "N18.9": "Chronic kidney disease, unspecified",
    "R06.02": "Shortness of breath",
    "R65.20": "Severe sepsis without septic shock",
    "S52": "Fracture of forearm",
    "S52.5": "Fracture of lower end of radius",
    "S52.50": "Unspecified fracture of the lower end of radius",
    "S52.501A": f"Unspecified {FRACTURE} right radius, initial encounter for closed fracture",
    "S52.501D": f"Unspecified {FRACTURE} right radius, subsequent encounter for closed fracture with routine healing",
    "S52.502A": f"Unspecified {FRACTURE} left radius, initial encounter for closed fracture",
    "S52.502D": f"Unspecified {FRACTURE} left radius, subsequent encounter for closed fracture with routine healing",
    "S52.509A": f"Unspecified {FRACTURE} unspecified radius, initial encounter for closed fracture",
    "S52.511A": "Displaced fracture of right radial styloid process, initial encounter for closed fracture",
    "S52.512A": "Displaced fracture of left radial styloid process, initial encounter for closed fracture",
    "Z79.4": "Long term (current) use of insulin",
    "Z87.891": "Personal history of nicotine dependence",
}
HEADERS = ("E11", "E11.2", "I48", "I48.9", "S52", "S52.5", "S52.50")
BILLABLE = tuple(code for code in TITLES if code not in HEADERS)


def facts(code: str, title: str) -> CodeFacts:
    headers = [code[:length] for length in range(3, len(code)) if code[length - 1] != "."]
    return CodeFacts(code, title, billable=code not in HEADERS, ancestors=tuple(headers))


RELATIONS = {code: facts(code, title) for code, title in TITLES.items()}


def key(
    *codes: str | KeyLine,
    optional: tuple[str, ...] = (),
    tolerated: tuple[str, ...] = (),
    forbidden: tuple[str, ...] = (),
    order: tuple[tuple[str, str], ...] = (),
) -> Key:
    """A line is "E11.22", or "E11.22 Y" with its POA indicator."""
    lines = [code if isinstance(code, KeyLine) else key_line(code) for code in codes]
    lines += [key_line(code, LineClass.OPTIONAL) for code in optional]
    lines += [key_line(code, LineClass.TOLERATED) for code in tolerated]
    lines += [key_line(code, LineClass.FORBIDDEN) for code in forbidden]
    return Key(Setting.INPATIENT, tuple(lines), tuple(Pair(*pair) for pair in order))


def key_line(written: str, line_class: LineClass = LineClass.REQUIRED) -> KeyLine:
    code, poa = split(written)
    return KeyLine(code, poa=poa, line_class=line_class)


def sheet(*codes: str) -> Answer:
    return Answer(tuple(CodedLine(code, poa=poa) for code, poa in map(split, codes)))


def split(written: str) -> tuple[str, Poa | None]:
    code, _, letter = written.partition(" ")
    return code, Poa(letter) if letter else None


def graded(written_key, *lines, setting="clinic", **answer):
    """Keys and sheets as they are written in files; bare lines stand for a key that has nothing else."""
    wanted = parse_key(written_key if isinstance(written_key, dict) else {"lines": written_key}, setting)
    return grade_chart(wanted, parse_answer({"lines": list(lines), **answer}, wanted), RELATIONS)


def service(code, *modifiers, **more):
    return {"system": "cpt", "code": code, "modifiers": list(modifiers), **more}


def verdicts(grade):
    return [line.verdict for line in grade.lines]
