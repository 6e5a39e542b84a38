"""One truth from several sources: plain Python over plain records, and one writer.

``normal``        a text as its letters, with the way back to its offsets
``fingerprints``  a small sample of a text's shingles, to find its relatives
``alignment``     stretches of two texts that say the same
``kinship``       reprint, excerpt, earlier version: what two texts are to each other
``variants``      where aligned stretches differ in content

The rest of the package reads and writes the database.
"""
