"""Weights of the clues by which a stretch of text is placed in a column and a row, in units of log-odds.

The clues make up a conditional logit model (McFadden 1974): of all columns and rows open to a stretch, given what was
read before it, each is as likely as the exponential of its weighted clues. The weights were fitted to 1,814 blocks of
columnar pages that readers had placed by hand, with an L2 penalty of 1.5 towards weights set by hand before. Fitted to
the studies at even positions only, they place 0.932 of the characters of the others in the right cell and order; fitted
to the odd ones, 0.953 of the even; the weights here were fitted to all. They are not fitted to woven or grid pages,
whose readers use them, too. GEOMETRY and QUESTION_BEGINS were set by hand afterwards, on the same blocks, when
lines came to be fitted to columns exactly; the two figures were measured before.
"""

# What the evidence counts, as a multiple of its own score.
LANGUAGE, GEOMETRY, TOPIC = 0.58, 2.0, 1.54
LINK, LINK_FIRST_COLUMN = 0.6, 1.66

# From one column to another, block after block.
NEXT_COLUMN, SKIPPED_COLUMN, BACK, BACK_AFTER_TABLE = -1.97, -1.59, -3.77, -0.03
BACK_FROM_LAST_TO_FIRST, BACK_TO_FIRST = 0.28, -0.45
SAME_LIST, NEW_LIST, UNDER_HEADING = 8.0, -3.02, 2.92
STAY_IN_SENTENCE, LEAVE_SENTENCE = -0.27, 0.27
CONCLUSIONS = -0.53

# The first column: title, journal, Chinese title, date, teaser.
FIRST_COLUMN, NUMBERED_FIRST, LABELLED_FIRST = -0.69, -5.13, -4.32
CHINESE_IN_TITLE, TITLE_GOES_ON, JOURNAL_DUE, JOURNAL_AGAIN = -3.04, 4.16, 4.02, 1.51
DATE_DUE, DATE_NOT_DUE = 24.0, -4.0
CHINESE_TITLE_FOLLOWS, CHINESE_TITLE, TEASER_AFTER_DATE = 4.32, 2.77, 5.25
FIRST_GOES_ON, FIRST_WAS_CLOSED = -0.65, -3.21

# Outline numbers in the other columns: `1.` (top) and `1)` (sub).
TOP_NEXT, TOP_BEGINS_ROW, TOP_BEGINS = 1.06, 5.96, 0.88
TOP_AGAIN, TOP_FROM_ONE, TOP_AHEAD = -3.04, -3.07, -2.63
SUB_NEXT, SUB_BEGINS, SUB_BEGINS_CELL = 3.16, 1.51, 0.5
SUB_FROM_ONE_AFTER_COLON, SUB_FROM_ONE = 1.41, -0.31
SUB_OUT_OF_ORDER, SUB_WITHOUT_ONE = -2.62, -3.54
NUMBER_IN_SUMMARY, NUMBER_IN_QUESTION, NUMBER_IN_SENTENCE = -3.06, -0.43, -0.25

# Labels.
LABEL_OF_COLUMN, LABEL_OF_OTHER, LABEL_LISTED, LABEL_UNKNOWN = 1.31, 0.1, 0.32, 3.83
RANK_BEGINS_ROW, RANK_LATE_IN_ROW, RANK_NEXT, RANK_LATER, RANK_BACK = (
    4.81,
    -2.06,
    2.17,
    1.43,
    -3.32,
)

# Sentences and brackets.
ITEM_AFTER_COMMA, NO_OPEN_SENTENCE, TEXT_AFTER_COLON = -2.24, -2.55, -1.9
UNFILLED_LINE = -0.1
"""For each half-width unit that was free at the end of the line before."""
BRACKET_NEVER_OPENED, BRACKET_CLOSED = -1.71, 0.93

# Rows.
QUESTION_BEGINS, TEXT_BEGINS, UNNUMBERED_BEGINS = -0.5, 1.12, -1.92
ROW_OF_FIRST_COLUMN, ROW_AHEAD, ROW_AFTER_TITLE = -2.17, -3.36, 0.49
BEHIND = -0.56
"""For each thousand characters since the next row began."""
LEFT_BEHIND = -6.0
