"""What every readers' page shares, below the applications: strict filters, lists
with exports, and standoff marks.  Imports no application.

``filters``  query parameters → filtered rows, with every problem reported
``lists``    the view behind a filtered list and its downloads
``exports``  rows → JSON, CSV, XLSX
``marks``    text and spans → escaped, marked text
"""
