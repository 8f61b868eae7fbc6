"""Words as sound: a speech program in a process of its own says them, and they become an MP3 file.

The program is espeak-ng, or one that takes its arguments. It is never linked or imported: it reads the words on its
standard input and answers with a WAV file. Source: docs/decisions/0012-whose-voice.md.
"""

import re
import shutil
import subprocess
import wave
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import lameenc

from app.errors import Refused

VOICES = {"en": "en-gb", "cy": "cy"}
WORDS_A_MINUTE = 155
SLOW_WORDS_A_MINUTE = 130
KILOBITS_A_SECOND = 32
ENCODER_QUALITY = 5  # of lame: 2 takes three times as long, and of a machine's voice nobody hears a difference
MOST_SECONDS = 60
_PAUSE = '<break time="600ms"/>'
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# What XML cannot hold; a speech program would refuse the whole text for it.
_UNPRINTABLE = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def speech_program(named: str) -> Path:
    """Return the path of the program with this name or path. Raises Refused when there is none."""
    found = shutil.which(named)
    if found is None:
        raise Refused(f"There is no speech program “{named}” on this machine, so no words were turned into sound.")
    return Path(found)


def spoken_mp3(program: Path, language: str, text: str, *, slow: bool = False) -> bytes:
    """Return an MP3 file of a text in one of VOICES, a pause after each sentence and each line.

    slow: for Easy Read. Raises Refused when the program cannot say it.
    """
    rate = SLOW_WORDS_A_MINUTE if slow else WORDS_A_MINUTE
    command = [str(program), "--stdin", "--stdout", "-m", "-v", VOICES[language], "-s", str(rate)]
    said = f"<speak>{_PAUSE.join(map(escape, _sentences(text)))}</speak>"
    try:
        done = subprocess.run(command, input=said.encode(), capture_output=True, timeout=MOST_SECONDS, check=True)  # nosec B603  # noqa: S603  # no shell: the words are its input
        return _mp3(done.stdout)
    except (subprocess.SubprocessError, wave.Error, EOFError) as error:
        raise Refused(f"The speech program could not say a text in “{language}” ({type(error).__name__}).") from None


def _sentences(text: str) -> Iterable[str]:
    lines = _UNPRINTABLE.sub(" ", text).splitlines()
    return (sentence for line in lines for sentence in _SENTENCE_END.split(line.strip()) if sentence)


def _mp3(wav: bytes) -> bytes:
    """Return a WAV file of one channel as MP3. Its head may promise more than there is: it was written to a pipe."""
    with wave.open(BytesIO(wav)) as sound:
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_in_sample_rate(sound.getframerate())
        encoder.set_channels(sound.getnchannels())
        encoder.set_bit_rate(KILOBITS_A_SECOND)
        encoder.set_quality(ENCODER_QUALITY)
        return bytes(encoder.encode(sound.readframes(sound.getnframes())) + encoder.flush())
