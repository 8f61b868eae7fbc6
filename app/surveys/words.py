"""Small numbers in words, as people read them."""

# fmt: off
_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)
# fmt: on


def number_in_words(number: int) -> str:
    """Return 0 to 20 in words, any other number in digits."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)
