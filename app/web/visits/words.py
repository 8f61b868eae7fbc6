"""The words of the tablet's screens, in the page's language: the scripts have none of their own.

{number} and the like stand for what only the tablet knows. What a person reads is said in short sentences in every
edition.
"""

from collections.abc import Mapping

from flask_babel import gettext as _

from app.services.coming_back import LONGEST_WORD, SHORTEST_WORD


def tablet_words() -> Mapping[str, str]:
    return {
        **_everywhere(),
        **_looks(),
        **_pin(),
        **_visit(),
        **_sending(),
        **_seen(),
        **_person(),
        **_asking(),
        **_end(),
    }


def _everywhere() -> Mapping[str, str]:
    return {
        "back": _("Back"),
        "error": _("Error:"),
        "warning": _("Warning"),
        "or": _("or"),
        "save": _("Save"),
        "skip_link": _("Skip to main content"),
        "there_is_a_problem": _("There is a problem"),
        "made_up": _("Made-up data. Nobody real said this. It is here to show how Driving Seat works."),
        "unreviewed": _("This is a translation. Nobody who speaks the language well has checked it yet."),
        "get_help": _("Get help"),
        "call": _("Call %(phone)s", phone="{phone}"),
        "listen": _("Listen"),
        "machine_voice": _("A machine’s voice"),
    }


def _looks() -> Mapping[str, str]:
    return {
        "look": _("Change how it looks"),
        "look_language": _("Language"),
        "look_edition": _("Words"),
        "edition_standard": _("Standard"),
        "edition_easy-read": _("Easy Read"),
        "look_size": _("Size of the words"),
        "size_normal": _("Normal"),
        "size_large": _("Large"),
        "size_largest": _("Largest"),
        "look_theme": _("Colours"),
        "theme_auto": _("Same as my device"),
        "theme_light": _("Light"),
        "theme_dark": _("Dark"),
        "theme_contrast": _("High contrast"),
        "look_pictures": _("Pictures"),
        "pictures_on": _("With pictures"),
        "pictures_off": _("No pictures"),
    }


def _pin() -> Mapping[str, str]:
    return {
        "pin": _("PIN"),
        "pin_give": _("Type your PIN"),
        "pin_choose": _("Choose a PIN for this visit"),
        "pin_why": _("The PIN locks what is on this tablet. You both need to know it. Nobody can find it again."),
        "pin_warning": _("After 10 wrong PINs, answers that are not finished and what you saw are deleted."),
        "pin_hint": _("At least 6 numbers. More is safer. Do not use a birthday."),
        "pin_again": _("The same PIN again"),
        "pin_keep": _("Keep this PIN"),
        "pin_open": _("Open the visit"),
        "pin_too_short": _("Use at least 6 numbers, and nothing but numbers"),
        "pin_differs": _("The two PINs are not the same. Type both again"),
        "pin_wrong": _("This PIN is wrong. You can try {left} more times"),
        "pin_emptied": _(
            "The PIN was wrong 10 times. What was not finished is deleted. Finished answers are safe. Choose a new PIN"
        ),
    }


def _visit() -> Mapping[str, str]:
    return {
        "visit": _("Your visit"),
        "waiting": _("Waiting to be sent: {count}"),
        "nothing_waiting": _("Nothing is waiting to be sent."),
        "somebody_began": _("Somebody has begun to answer and has not finished."),
        "go_on": _("Go on with these answers"),
        "ask_person": _("Ask a person"),
        "ask_family": _("Ask somebody from the family"),
        "lock": _("Lock the tablet"),
        "back_to_visit": _("Back to the visit"),
    }


def _sending() -> Mapping[str, str]:
    return {
        "send": _("Send now"),
        "send_title": _("Send"),
        "send_when": _("When you have internet again, send everything. It stays on the tablet until it has arrived."),
        "send_once": _("Each thing is sent once. You can press Send again: nothing is counted twice."),
        "send_seen": _("What you saw is sent too. After that you cannot change it, but you can write more."),
        "send_kept": _("What has arrived is deleted from this tablet."),
        "send_done": _("Everything has arrived. Sent: {sent}."),
        "send_some_refused": _("Sent: {sent}. Not taken: {refused}. Below it says why."),
        "send_stopped": _(
            "Not everything has arrived. Sent: {sent}. The rest is kept on this tablet. Send again later."
        ),
        "send_away": _("There is no internet just now. Sent: {sent}. Everything else is kept on this tablet."),
        "send_clock": _("Does the tablet show the right day and time? If not, set them right, and send again."),
        "send_sign_in": _("You have to sign in again. Everything is kept on this tablet. Then type your PIN and send."),
        "sign_in": _("Sign in"),
        "refused_title": _("Not taken"),
        "refused_count": _("This many could not be taken: {count}. The reason:"),
        "refused_what": _("They stay on this tablet until you delete them. Tell your coordinator."),
        "refused_delete": _("Delete what was not taken"),
        "refused_sure": _("These answers are then gone for good. Nobody can bring them back."),
        "refused_delete_now": _("Delete them now"),
    }


def _seen() -> Mapping[str, str]:
    return {
        "seen_title": _("What you saw yourselves"),
        "seen_about": _("Say what the two of you saw. Talk about it, and agree."),
        "seen_apart": _("It is kept apart from what people answer, and it is not part of any score."),
        "seen_count": _("Standards you wrote about: {written} of {all}. Sent before: {sent}."),
        "seen_write": _("Write what you saw"),
        "seen_how_much": _("Did you see this?"),
        "seen_is_not": _("It is not: {text}"),
        "seen_choose": _("Choose one answer"),
        "seen_no_names": _("Write about the service. Do not write the name of anybody, or what would show who it is."),
        "seen_note": _("In your own words"),
        "seen_note_hint": _("For example, what you saw, heard or were shown. You can leave this empty."),
        "seen_nothing": _("Nothing yet"),
        "seen_sent": _("Sent"),
        "write": _("Write"),
    }


def _person() -> Mapping[str, str]:
    return {
        "who_sees_what": _("Who sees what"),
        "pair_sees": _("The two checkers can see your answers while you give them."),
        "nobody_opens": _("When you have finished, nobody can open your answers on this tablet."),
        "sent_later": _("Your answers are sent when the tablet is online again."),
        "next": _("Continue"),
        "stop": _("Stop here"),
        "consent": _("Do you want to take part?"),
        "witness": _("If you said yes out loud: who heard or saw it?"),
        "witness_when": _("It can be one of the checkers: choose “Someone else”."),
        "choose_yes_or_no": _("Choose yes or no"),
        "choose_witness": _("Choose who heard or saw you say yes"),
        "how": _("Are you answering by yourself?"),
        "how_help": _("It is fine to have help. You can skip this."),
        "helped": _("Who helps you?"),
        "helped_who": _("Who helps?"),
        "helped_how": _("How do they help?"),
        "tick_all": _("Tick all that are right. You can skip this."),
    }


def _asking() -> Mapping[str, str]:
    return {
        "question": _("Question %(number)s of %(count)s", number="{number}", count="{count}"),
        "save_and_continue": _("Save and continue"),
        "skip": _("Skip this question"),
        "choose_or_skip": _("Choose an answer, or press Skip this question"),
        "saved": _("Your answers so far are saved."),
        "check": _("Check your answers"),
        "check_left": _(
            "You have not answered %(unanswered)s of %(count)s questions.", unanswered="{left}", count="{count}"
        ),
        "check_all": _("You have answered every question."),
        "not_answered": _("Not answered"),
        "change": _("Change"),
        "answer_it": _("Answer"),
    }


def _end() -> Mapping[str, str]:
    return {
        "finish_title": _("Finish"),
        "finish_locks": _("When you finish, your answers are locked. You cannot change them any more."),
        "finish": _("Finish and lock my answers"),
        "word_title": _("A word that only you know"),
        "word_what": _("With a word you can see your answers later. Nobody else can, not even the checkers."),
        "word_skip": _("You can also finish without a word."),
        "word": _("Your word"),
        "word_hint": _("For example, two words that you like. Do not use your name."),
        "word_length": _(
            "Use %(shortest)s to %(longest)s letters, or finish without a word",
            shortest=SHORTEST_WORD,
            longest=LONGEST_WORD,
        ),
        "finish_without": _("Finish without a word"),
        "done": _("Thank you. Your answers are locked."),
        "done_locked": _("Nobody can open them on this tablet. They are sent when it is online again."),
        "code_title": _("Your own link"),
        "code_with_word": _("When your answers have been sent, this link and your word show them to you."),
        "code_take_back": _("With this link you can take your answers back."),
        "code_take_back_with_word": _("To take your answers back you need both: this link and your word."),
        "code_alone": _("Write it down, or take a photo. We show it only now. Do not give it to other people."),
        "give_back": _("Give the tablet back"),
        "stopped": _("You have stopped"),
        "stopped_kept": _("Your answers so far are kept and locked. Only the checkers’ PIN opens them."),
        "stopped_later": _("You can go on later in this visit. Or you can delete them now."),
        "discard": _("Delete my answers"),
        "declined": _("That is fine. You do not have to take part."),
        "nothing_kept": _("Nothing was kept."),
    }
