"""Merge subsets of one font into one file, to standard output: a PDF writer draws wrong glyphs from a font in parts.

The output depends on the subsets alone, so that a second build gives the same bytes.
"""

import sys

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

subsets = sys.argv[1:]
merged = Merger().merge(subsets)
merged["head"].created = merged["head"].modified = TTFont(subsets[0])["head"].modified
merged.recalcTimestamp = False
merged.flavor = None
merged.save(sys.stdout.buffer)
