"""Every error that Tessera raises on purpose, in one tree.

    TesseraError                 has a plain sentence for people and a one-word class for logs and records
      ConfigurationError         wrong or missing settings; says what to set (exit code 2)
      Rejected                   the question is not taken
        EmptyQuestion  QuestionTooLong  Busy  QuotaExceeded  NotAllowed  Repeated  Ended  WhichOne
      PrivacyError               fail closed: nothing was sent
        DetectorFailed  EgressRefused (Redirected)  Indivisible  NoRouteAllowed
      HouseFault                 what the house model wrote did not pass its check
      Unmet                      a part needs another one's answer, and there is none
      StorageError               the database does not take a write
      SlackRefused               Slack does not take a call
        TokenRefused             not with this token
        NoPlace                  nothing of ours may stand where the question was asked
      QuestionGone               the question was deleted
      SlackUnavailable           Slack cannot be reached
      ProviderError              a call to a provider failed
        Retryable                worth another attempt: carries retry_after
          Timeout  Unreachable  Overloaded  RateLimited  BadReply
        Fatal                    another attempt cannot help
          AuthFailed  QuotaSpent  BadRequest  Refused  ModelGone

`message` is written for people and safe to show anywhere: it holds no text of a question, no key and no
text of a foreign exception.
"""

from __future__ import annotations

from typing import ClassVar


class TesseraError(Exception):
    """Something went wrong in a way that we know; `message` may be shown to people."""

    kind: ClassVar[str] = "internal"
    message: str = "Something went wrong on our side. Please ask again."

    def __init__(self, message: str | None = None) -> None:
        """Keep the sentence for people; without one the class's own stands."""
        if message is not None:
            self.message = message
        super().__init__(self.message)

    @property
    def logged(self) -> str:
        """Return what the log says of it."""
        return self.kind


class ConfigurationError(TesseraError):
    """A setting is missing or wrong."""

    kind = "configuration"
    message = "A setting is missing or wrong. Run `tessera doctor` to see which."


class Rejected(TesseraError):
    """The question is not taken, for a reason that the asker can change."""

    kind = "rejected"
    message = "This question cannot be taken."


class EmptyQuestion(Rejected):
    """There is nothing to ask."""

    kind = "empty"
    message = "There is no question in this message. Write it as text."


class QuestionTooLong(Rejected):
    """The question is longer than the limit."""

    kind = "too_long"

    def __init__(self, length: int, most: int) -> None:
        """Say how many characters it has, and how many it may have."""
        super().__init__(
            f"This question has {length:,} characters; at most {most:,} can be taken. "
            "Ask a shorter one, or in several messages."
        )


class Busy(Rejected):
    """Too many questions are in work."""

    kind = "busy"
    message = "Too many questions are being answered just now. Please ask again in a minute."


class QuotaExceeded(Rejected):
    """The asker or the workspace has used up its quota."""

    kind = "quota_exceeded"
    message = "The quota of questions is used up for now. Please ask again later."


class NotAllowed(Rejected):
    """This person, channel or workspace may not ask, or may not press this button."""

    kind = "not_allowed"
    message = "This is not allowed here."


class Repeated(Rejected):
    """This was asked before, and is asked once; `where` its last word stands, None while that is not known."""

    kind = "repeated"
    message = "You asked this already; the answer is where you asked, or on its way. Ask once more under that answer."

    def __init__(self, where: str | None = None) -> None:
        """Keep the place."""
        super().__init__()
        self.where = where


class Ended(Rejected):
    """There is nothing left to stop."""

    kind = "ended"
    message = "This question has ended, so there is nothing to stop."


class WhichOne(Rejected):
    """It is not clear which earlier part is meant; `parts` are those that may be: (reference, what it was about)."""

    kind = "which"
    message = "Which one do you mean?"

    def __init__(self, parts: tuple[tuple[str, str], ...] = ()) -> None:
        """Keep the parts beside the sentence."""
        self.parts = parts
        super().__init__()


class PrivacyError(TesseraError):
    """A privacy rule stopped the question before anything was sent."""

    kind = "privacy"
    message = "A privacy check stopped this question. Nothing was sent."


class DetectorFailed(PrivacyError):
    """A detector of identifiers failed, so nothing may leave."""

    kind = "detector"
    message = "The check for names and secrets did not work, so nothing was sent. Tell your admin, or ask again."


class EgressRefused(PrivacyError):
    """The guard on the wire stopped a call; `reason` is a one-word class."""

    kind = "egress"
    message = "The last check before sending found something that must not leave, so this part was not sent."

    def __init__(self, reason: str, message: str | None = None) -> None:
        """Keep the reason beside the sentence."""
        self.reason = reason
        super().__init__(message)


class Redirected(EgressRefused):
    """The provider pointed to another address; unlike every other refusal, the call itself was sent."""

    kind = "redirect"
    message = "The provider pointed to another address, which is never followed. Tell your admin."

    def __init__(self) -> None:
        """Keep the reason of a wrong address."""
        super().__init__("host")


class Indivisible(PrivacyError):
    """The question is one piece and the policy refuses to send such."""

    kind = "indivisible"
    message = "This question cannot be split, and your admin's policy does not send whole questions to one provider."


class NoRouteAllowed(PrivacyError):
    """No provider may take this part under the promise."""

    kind = "no_route"
    message = "No provider may take this part under the privacy rules."


class HouseFault(TesseraError):
    """A plan or a composition of the house model did not pass its check; `reason` is a one-word class."""

    kind = "house"
    message = "What the house model wrote could not be used."

    def __init__(self, reason: str, message: str | None = None) -> None:
        """Keep the reason beside the sentence, which holds no word of the message and none of the model."""
        self.reason = reason
        super().__init__(message)


class Unmet(TesseraError):
    """A part needs the answer of another part, which has none."""

    kind = "unmet"
    message = "It needs the answer of another part, and there is none."


class StorageError(TesseraError):
    """The database does not take a write."""

    kind = "storage"
    message = "The database does not take a write, so the question was not started. Tell your admin."


class ProviderError(TesseraError):
    """A call to a provider failed."""

    kind = "provider"
    message = "The provider did not answer."


class Retryable(ProviderError):
    """Another attempt may help; `retry_after` is the provider's own wish in seconds, None without one."""

    def __init__(self, message: str | None = None, *, retry_after: float | None = None) -> None:
        """Keep the provider's wish beside the sentence."""
        self.retry_after = retry_after
        super().__init__(message)


class Timeout(Retryable):
    """No answer in time."""

    kind = "timeout"
    message = "The provider did not answer in time."


class Unreachable(Retryable):
    """The connection failed or broke."""

    kind = "unreachable"
    message = "The provider could not be reached."


class Overloaded(Retryable):
    """The provider is overloaded or failing (5xx, 529)."""

    kind = "overloaded"
    message = "The provider is overloaded."


class RateLimited(Retryable):
    """Too many calls for now (429 that passes)."""

    kind = "rate_limited"
    message = "The provider asked us to slow down."


class BadReply(Retryable):
    """The answer was empty, cut off or not understood."""

    kind = "bad_reply"
    message = "The provider's answer could not be read."


class Fatal(ProviderError):
    """Another attempt at the same provider cannot help."""


class AuthFailed(Fatal):
    """The key is wrong or lacks a right (401, 403)."""

    kind = "auth"
    message = "The provider did not accept our key. Tell your admin."


class QuotaSpent(Fatal):
    """The account's quota or budget is spent (429 that does not pass)."""

    kind = "quota"
    message = "Our account at the provider is used up. Tell your admin."


class BadRequest(Fatal):
    """The provider does not accept the request (400, 413, 422)."""

    kind = "bad_request"
    message = "The provider did not accept the request."


class ModelGone(Fatal):
    """The configured model does not exist there (404)."""

    kind = "model"
    message = "The configured model is not available at the provider. Tell your admin."


class Refused(Fatal):
    """The model or its filter refused to answer."""

    kind = "refused"
    message = "The model refused to answer this part."


class SlackRefused(TesseraError):
    """Slack does not take a call, and would not take it again; `code` is Slack's own word for why."""

    kind = "slack_refused"
    message = "Slack did not take this. Try it again; if it stays so, tell your admin."

    def __init__(self, code: str, message: str | None = None) -> None:
        """Keep the code beside the sentence."""
        self.code = code
        super().__init__(message)

    @property
    def logged(self) -> str:
        """Return the class and Slack's code."""
        return f"{self.kind}: {self.code}"


class TokenRefused(SlackRefused):
    """Slack does not take our token, until an admin acts."""


class NoPlace(SlackRefused):
    """Nothing of ours may stand where the question was asked."""

    kind = "no_place"
    message = (
        "I may not write where you asked, so nothing was sent to any provider. "
        "Ask me here in a direct message, or in another channel."
    )


class QuestionGone(TesseraError):
    """The question was deleted before it was answered; nobody is told."""

    kind = "question_gone"
    message = "The question was deleted."


class SlackUnavailable(TesseraError):
    """Slack could not be reached, or did not answer sensibly, for as long as we tried."""

    kind = "slack_unavailable"
    message = "Slack could not be reached."
