"""American spellings of words that are spelt otherwise in Britain. Those that are right in both are left alone."""

import re

_OUR = (
    "behavi col demean endeav fav ferv flav harb hon hum lab misbehavi neighb od parl ranc rum savi splend tum val vap"
    " arm ard cand clam discol dishon multicol"
)
_TRE = "center isocenter epicenter theater fiber caliber liter milliliter microliter somber luster specter"
_METRE = "centi kilo milli micro nano deci pico"
_DOUBLED = (
    "travel cancel label model counsel signal fuel channel level total tunnel dial panel pencil marvel relabel remodel"
    " initial equal rival unravel swivel shovel grovel bevel"
)
_AE = {
    "anesthe": "anaesthe",
    "hemato": "haemato",
    "hemoglobin": "haemoglobin",
    "hemorrhag": "haemorrhag",
    "hemodynamic": "haemodynamic",
    "hemophilia": "haemophilia",
    "hemodialysis": "haemodialysis",
    "pediatric": "paediatric",
    "orthopedic": "orthopaedic",
    "gynecolog": "gynaecolog",
    "esophag": "oesophag",
    "edema": "oedema",
    "estrogen": "oestrogen",
    "diarrhea": "diarrhoea",
    "etiolog": "aetiolog",
    "cesarean": "caesarean",
    "leukemi": "leukaemi",
    "anemi": "anaemi",
    "ischemi": "ischaemi",
    "septicemi": "septicaemi",
    "hypoglycemi": "hypoglycaemi",
    "hyperglycemi": "hyperglycaemi",
    "hypoxemi": "hypoxaemi",
}
_WORDS = {
    "aluminum": "aluminium",
    "artifact": "artefact",
    "artifacts": "artefacts",
    "catalog": "catalogue",
    "catalogs": "catalogues",
    "cataloged": "catalogued",
    "cozy": "cosy",
    "defense": "defence",
    "defenses": "defences",
    "offense": "offence",
    "offenses": "offences",
    "pretense": "pretence",
    "enroll": "enrol",
    "enrolls": "enrols",
    "enrollment": "enrolment",
    "enrollments": "enrolments",
    "fulfill": "fulfil",
    "fulfills": "fulfils",
    "fulfillment": "fulfilment",
    "skillful": "skilful",
    "skillfully": "skilfully",
    "installment": "instalment",
    "installments": "instalments",
    "jewelry": "jewellery",
    "marvelous": "marvellous",
    "maneuver": "manoeuvre",
    "maneuvers": "manoeuvres",
    "math": "maths",
    "mom": "mum",
    "moms": "mums",
    "mustache": "moustache",
    "plow": "plough",
    "practiced": "practised",
    "practicing": "practising",
    "skeptic": "sceptic",
    "skeptics": "sceptics",
    "skeptical": "sceptical",
    "skepticism": "scepticism",
    "centered": "centred",
    "centering": "centring",
    "theaters": "theatres",
}
_ENDINGS_OF_OUR = "s|ed|ing|ful|fully|less|able|ably|ite|ites|al|ally|hood|hoods|ly|er|ers"
_SPELT_OTHERWISE = (
    (re.compile(rf"({'|'.join(_OUR.split())})or({_ENDINGS_OF_OUR})?"), r"\1our\2"),
    (re.compile(rf"({'|'.join(word[:-2] for word in _TRE.split())})er(s)?"), r"\1re\2"),
    (re.compile(rf"({'|'.join(_METRE.split())})meter(s)?"), r"\1metre\2"),
    (re.compile(rf"({'|'.join(_DOUBLED.split())})(ed|ing|er|ers|or|ors|ings)"), r"\1l\2"),
    (re.compile(r"(anal|paral|catal|dial|hydrol|electrol|psychoanal)yz(e|es|ed|er|ers|ing)"), r"\1ys\2"),
)


def british(word: str) -> str | None:
    """How a word in small letters is spelt in Britain, if this is its American spelling."""
    if word in _WORDS:
        return _WORDS[word]
    for pattern, spelling in _SPELT_OTHERWISE:
        if pattern.fullmatch(word):
            return pattern.sub(spelling, word)
    for stem, spelling in _AE.items():
        if word.startswith(stem):
            return spelling + word[len(stem) :]
    return None
