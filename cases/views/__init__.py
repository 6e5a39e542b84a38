"""Readers' pages.  Those that join the applications are here, as ``cases`` imports the others.

``home``       the first page, and the counts on it
``practices``  the list of practices and the page of one
``sources``    the list of sources and the reading view
``groups``     themes and families
``regions``    the page of one region, and regions side by side
"""
