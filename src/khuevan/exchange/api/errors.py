"""What the REST root refuses before an endpoint is asked."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class IdentityNeeded(DomainError):
    """The endpoint is not public and nobody says who asks."""

    code = "api.identity_needed"
    message = _(
        "Send an access token in the header Authorization: Bearer TOKEN. You make one in your"
        " account, at /account/tokens/."
    )
    status = 401


class TokenRefused(DomainError):
    """The bearer token is unknown, expired, revoked, or its person can no longer sign in."""

    code = "api.token_refused"
    message = _(
        "The access token is not valid. Create a new one in your account, at /account/tokens/."
    )
    status = 401


class SignInIncomplete(DomainError):
    """The session still lacks its second step or a password of the person's own."""

    code = "api.sign_in_incomplete"
    message = _("The sign-in is not complete. Open the program in the browser and finish it.")
    status = 401


class ForeignRequest(DomainError):
    """A writing request of a session without the token that only our pages know."""

    code = "api.csrf"
    message = _("The request did not come from a page of this site. Send X-CSRFToken.")
    status = 403


class UnknownParameter(DomainError):
    """The address holds a parameter that the endpoint does not know."""

    code = "api.unknown_parameter"
    message = _("Unknown parameter: %(name)s.")
    status = 422


class ZeroByte(DomainError):
    """The request holds the character zero, which no text of ours can hold."""

    code = "api.zero_byte"
    message = _("The request holds a zero byte.")
    status = 422


class NotText(DomainError):
    """The body is not UTF-8, or holds half of a character."""

    code = "api.not_text"
    message = _("The request is not text in UTF-8.")
    status = 422


class MalformedKey(DomainError):
    """The Idempotency-Key is empty, too long or not printable."""

    code = "api.malformed_key"
    message = _("An Idempotency-Key has 1 to 255 printable characters.")
    status = 400


class KeyReused(DomainError):
    """The key was used for another request."""

    code = "api.key_reused"
    message = _("This Idempotency-Key belongs to another request. Use a new key.")
    status = 422


class OutcomeUnknown(DomainError):
    """The first request with this key has not answered yet, or was cut off."""

    code = "api.outcome_unknown"
    message = _("The first request with this key has no answer yet. Look before you send it anew.")
    status = 409


class TokenNotOwn(DomainError):
    """A token can't hold more than the role its owner wears."""

    code = "api.more_than_own"
    message = _("A token can hold no more than your present role: %(names)s.")
