"""What people curated beside the seeds of `geodigest build`: decisions, corrections, gaps and the vocabulary."""

from tests.bad_input.case import Case, Make, folder_instead, link_to_nothing, redone, remove, replaced, write
from tests.bad_input.places import BULLETIN, SPELLINGS, seed

BUILD = "build --root clone"
DECISIONS = "clone/seeds/bulletin.decisions.csv"
CORRECTIONS = "clone/seeds/bulletin.corrections.csv"
GAPS = "clone/seeds/bulletin.gaps.csv"
ENTITIES = "clone/seeds/entities.csv"
WORDS = "clone/seeds/spellings.csv"

_DECIDED = "start,end,quote,position,facet,after,reason"
_AT = BULLETIN.index("误差")
_ENDS = BULLETIN.index("km。")
_MENDED = BULLETIN.index("3 次")
_BEGINS = BULLETIN.index("\n标定用")
_LENGTH = len(BULLETIN)


def _decision(*rows: str) -> Make:
    return write(DECISIONS, "\n".join([_DECIDED, *rows, ""]))


def _correction(*rows: str) -> Make:
    return write(CORRECTIONS, "\n".join(["start,end,original,corrected,kind,note", *rows, ""]))


def _gap(row: str) -> Make:
    return write(GAPS, f"position,facet,kind,offset,quote,note\n{row}\n")


_ANEW = "read it there and state the offsets and characters anew"
_DECISIONS = tuple(
    Case(given, make, BUILD, f"error: {told}")
    for given, make, told in (
        (
            "a character more in the seed, its digest stated anew: the first decision does not match",
            seed("·" + BULLETIN),
            (
                f"{DECISIONS}:2: the document has '，误差为 5%' at {_AT} to {_AT + 7}, not the quoted '误差为 5%。'; "
                f"{_ANEW}: it has the quoted characters at {_AT + 1} to {_AT + 8}"
            ),
        ),
        (
            "another character in the seed, its digest stated anew: a correction does not match",
            seed(BULLETIN.replace("3 次", "4 次")),
            f"{CORRECTIONS}:2: the document has '4 次' at {_MENDED} to {_MENDED + 3}, not the quoted '3 次'; {_ANEW}",
        ),
        (
            "a decision whose quotation differs",
            _decision("0,2,快抱,,noise,,a slip"),
            f"{DECISIONS}:2: the document has '快报' at 0 to 2, not the quoted '快抱'; {_ANEW}",
        ),
        (
            "a decision out of range",
            _decision("0,9999,快报,,noise,,a slip"),
            (
                f"{DECISIONS}:2: 0 to 9999 is no stretch of the document, which has {_LENGTH} characters; "
                "state the offsets of the quoted characters"
            ),
        ),
        (
            "two decisions that overlap",
            _decision(f"{_AT},{_AT + 3},误差为,,noise,,one", f"{_AT + 2},{_AT + 3},为,,noise,,two"),
            f"{DECISIONS}:3: characters {_AT + 2} to {_AT + 3} are decided twice; keep one of it and {DECISIONS}:2",
        ),
        (
            "a decision into a facet that the document does not have",
            _decision(f"{_AT},{_AT + 3},误差为,1,methods,,a slip"),
            (
                f"{DECISIONS}:2: the facet is 'methods'; "
                "use one of title_en, title_zh, journal, date, abstract, body, noise, duplicate"
            ),
        ),
        (
            "a decision into a study that there is not",
            _decision(f"{_AT},{_AT + 3},误差为,9,body,,a slip"),
            f"{DECISIONS}:2: there is no study 9: the document has 2; state the study's position, from 1 to 2",
        ),
        (
            "a decision into a facet of no study",
            _decision(f"{_AT},{_AT + 3},误差为,,body,,a slip"),
            f"{DECISIONS}:2: a facet without a study; state the study's position",
        ),
        (
            "a decision after an offset that is not in its cell",
            _decision(f"{_AT},{_AT + 3},误差为,1,body,9999,a slip"),
            (
                f"{DECISIONS}:2: offset 9999 is not in study 1, body; "
                "state where the stretch read before it ends, and decide about that one first"
            ),
        ),
        (
            "an offset that is no number",
            _decision("0,two,快报,,noise,,a slip"),
            f"{DECISIONS}:2: end is 'two'; give a whole number that is not negative",
        ),
        (
            "a study's number that no computer counts to",
            _decision(f"{_AT},{_AT + 3},误差为,{'9' * 30},body,,a slip"),
            f"{DECISIONS}:2: position is '{'9' * 30}'; give a whole number that is not negative",
        ),
        (
            "semicolons between the values",
            write(DECISIONS, _DECIDED.replace(",", ";") + "\n"),
            f"{DECISIONS}:1:1: the columns are start;end;quote;position;facet;after;reason; use {_DECIDED}",
        ),
        (
            "columns in another order",
            write(DECISIONS, "end,start,quote,position,facet,after,reason\n"),
            f"{DECISIONS}:1:1: the columns are end,start,quote,position,facet,after,reason; use {_DECIDED}",
        ),
        (
            "a column that stands twice",
            write(DECISIONS, "start,start,end,quote,position,facet,after,reason\n"),
            f"{DECISIONS}:1:1: the columns are start,start,end,quote,position,facet,after,reason; use {_DECIDED}",
        ),
        ("an empty file of decisions", write(DECISIONS, ""), f"{DECISIONS}:1:1: the file is empty; use {_DECIDED}"),
        (
            "a row with fewer values",
            _decision("0,2,快报,,noise,a slip"),
            f"{DECISIONS}:2: the row has 6 values; give 7, in quotes where they hold a comma: {_DECIDED}",
        ),
        (
            "a quotation mark that nothing closes",
            _decision('0,2,"快报,,noise,,a slip'),
            (
                f"{DECISIONS}:2: this is not CSV: unexpected end of data; "
                "put quotes around the whole value, and double those in it"
            ),
        ),
        (
            "decisions in GB 18030",
            redone(DECISIONS, lambda content: content.decode().encode("gb18030")),
            f"{DECISIONS}:2:9: byte 52 is not UTF-8; the file reads as GB 18030 (GBK), save it as UTF-8",
        ),
        (
            "a folder in the place of decisions",
            folder_instead(DECISIONS),
            f"{DECISIONS}: this is a folder, not a file; give a file",
        ),
        (
            "a link to nothing in the place of decisions",
            link_to_nothing(DECISIONS),
            f"{DECISIONS}: this links to a file that is not there; mend the link",
        ),
        (
            "a correction that no longer matches",
            _correction(f"{_MENDED},{_MENDED + 3},4 次,4次,spacing,"),
            f"{CORRECTIONS}:2: the document has '3 次' at {_MENDED} to {_MENDED + 3}, not the quoted '4 次'; {_ANEW}",
        ),
        (
            "two corrections that overlap",
            _correction(f"{_MENDED},{_MENDED + 3},3 次,3次,spacing,", f"{_MENDED + 2},{_MENDED + 4},次爆,次,glyph,"),
            (
                f"{CORRECTIONS}:3: characters {_MENDED + 2} to {_MENDED + 3} are corrected twice; "
                f"keep one of it and {CORRECTIONS}:2"
            ),
        ),
        (
            "a correction over the end of a paragraph",
            _correction(f'{_ENDS},{_ENDS + 9},"km。\n\n一、标定",km。一、标定,break,'),
            (
                f"{CORRECTIONS}:2: the correction of 'km。\\n\\n一、标定' reaches over the end of a piece of text; "
                "correct each piece by itself"
            ),
        ),
        (
            "a correction that begins in the blank before a paragraph",
            _correction(f'{_BEGINS},{_BEGINS + 3},"\n标定",标 定,spacing,'),
            (
                f"{CORRECTIONS}:2: the correction begins at {_BEGINS}, where nothing is published: it would be made "
                "nowhere; begin it at a character that is published, not in a blank before it, or drop it"
            ),
        ),
        (
            "a correction of characters that are left out",
            _correction("0,2,快报,快讯,glyph,"),
            (
                f"{CORRECTIONS}:2: the correction begins at 0, where nothing is published: it would be made nowhere; begin "
                "it at a character that is published, not in a blank before it, or drop it"
            ),
        ),
        (
            "an unknown kind of correction",
            _correction(f"{_MENDED},{_MENDED + 3},3 次,3次,blank,"),
            f"{CORRECTIONS}:2: kind is 'blank'; use one of glyph, break, spacing, punctuation",
        ),
        (
            "a gap without a note",
            _gap("2,body,broken_off,,, "),
            f"{GAPS}:2: the note is empty; say what is missing and how one can tell",
        ),
        (
            "a gap of a study that there is not",
            _gap("9,body,broken_off,,,it stops"),
            f"{GAPS}:2: there is no study 9: the document has 2; state the study's position, from 1 to 2",
        ),
        (
            "a gap in a facet that the document does not have",
            _gap("2,methods,broken_off,,,it stops"),
            f"{GAPS}:2: the facet is 'methods'; use one of title_en, title_zh, journal, date, abstract, body",
        ),
        (
            "an unknown kind of gap",
            _gap("2,body,lost,,,it stops"),
            f"{GAPS}:2: kind is 'lost'; use one of missing_facet, lost_lines, broken_off",
        ),
    )
)

_VOCABULARY = tuple(
    Case(given, make, BUILD, f"error: {told}")
    for given, make, told in (
        (
            "a vocabulary without a column",
            replaced(ENTITIES, ",type", ""),
            (
                f"{ENTITIES}:1:1: the columns are entity_id,name,name_zh,description; "
                "use entity_id,name,type,name_zh,description"
            ),
        ),
        (
            "an unknown type of entity",
            replaced(ENTITIES, "dataset", "book"),
            (
                f"{ENTITIES}:2: type is 'book'; "
                "use one of dataset, mission, instrument, model, method, software, organisation, place"
            ),
        ),
        (
            "an entity that stands twice",
            replaced(ENTITIES, "gnss", "era5"),
            f"{ENTITIES}:3: entity_id 'era5' is not new; give each entity its own",
        ),
        (
            "entities without spellings",
            remove(WORDS),
            f"{WORDS}: there is no such file; restore it from the repository",
        ),
        (
            "spellings without entities",
            remove(ENTITIES),
            f"{ENTITIES}: there is no such file; restore it from the repository",
        ),
        (
            "a spelling of two entities",
            write(WORDS, SPELLINGS + "gnss,ERA5,always\n"),
            f"{WORDS}:4: 'ERA5' stands twice, first in {WORDS}:2; give it to one entity",
        ),
        (
            "a spelling of an entity that there is not",
            write(WORDS, SPELLINGS + "gps,GPS,always\n"),
            f"{WORDS}:4: 'GPS' always names 'gps'; name an entity of entities.csv",
        ),
        (
            "an empty spelling",
            write(WORDS, SPELLINGS + "gnss,,always\n"),
            f"{WORDS}:4: the spelling is empty; give what is printed",
        ),
    )
)


CURATION = (*_DECISIONS, *_VOCABULARY)
