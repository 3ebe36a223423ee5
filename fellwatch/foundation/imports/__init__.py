"""Files from outside, row by row: a dry run, bad rows kept aside with reasons, resumed, nothing twice.

Used by data managers, on pages and at the command line. A room describes a file as an `Importer`; this
package reads and settles it. Serves DPA 2018 s.38 (accuracy) and s.62 (collection is logged).
"""
