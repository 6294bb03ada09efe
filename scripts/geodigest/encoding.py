"""What a file that is not UTF-8 may be in."""


def encoding_hint(content: bytes) -> str:
    r"""What to do with a file that is not UTF-8 but reads as Chinese in GB 18030; empty where it does not.

    >>> encoding_hint("地震".encode("gb18030"))
    'the file reads as GB 18030 (GBK), save it as UTF-8'
    >>> encoding_hint(b"%PDF-1.7 \xe2\xe3\xcf\xd3\xff")
    ''
    """
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    chinese = "\0" not in text and any("\u4e00" <= character <= "\u9fff" for character in text)
    return "the file reads as GB 18030 (GBK), save it as UTF-8" if chinese else ""
