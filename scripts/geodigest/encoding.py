"""What a file that is not UTF-8 may be in."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE


def encoding_hint(content: bytes) -> str:
    r"""What to do with a file that is not UTF-8 but UTF-16, or reads as Chinese in GB 18030; empty where it does not.

    >>> encoding_hint("地震".encode("gb18030"))
    'the file reads as GB 18030 (GBK), save it as UTF-8'
    >>> encoding_hint(b"%PDF-1.7 \xe2\xe3\xcf\xd3\xff")
    ''
    >>> encoding_hint("地震".encode("utf-16"))
    'the file is UTF-16, save it as UTF-8'
    """
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "the file is UTF-16, save it as UTF-8"
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    chinese = "\0" not in text and any("\u4e00" <= character <= "\u9fff" for character in text)
    return "the file reads as GB 18030 (GBK), save it as UTF-8" if chinese else ""
