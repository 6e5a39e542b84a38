"""How well the extraction finds what people annotated: `python -m evaluation --help`.

``run`` puts the parts together: ``gold`` reads annotated documents,
``annotations`` puts finds into the same records, ``scoring`` matches the two,
``outcomes`` says object by object what became of it and compares that with the
committed ``scores.json``, ``calibration`` measures each rule and each
confidence, ``report`` prints, ``documentation`` fills docs/extraction.md.
"""
