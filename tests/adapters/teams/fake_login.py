"""Keys and tokens of the stand-in for Microsoft: those that Teams signs with, and those that the bot asks for."""

import base64
import functools
import itertools
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

Node = dict[str, Any]

ISSUER = "https://api.botframework.com"
APP_ID = "0b070000-0000-4000-8000-00000000b070"
TENANT = "7e4a4700-0000-4000-8000-000000007e4a"
SECRET = "fake~client-secret"
SCOPE = "https://api.botframework.com/.default"
REAL_LOGIN = (
    "https://login.microsoftonline.com"  # addresses in what the login tells are its real ones, as a client maps them
)
TOKEN_SECONDS = 3599
WRONG_SECRET, OLD_SECRET, NO_SUCH_APP, NO_SUCH_TENANT = 7000215, 7000222, 700016, 90002
_KINDS = {WRONG_SECRET: "invalid_client", OLD_SECRET: "invalid_client", NO_SUCH_APP: "unauthorized_client"}


@functools.cache
def _private_key(number: int) -> rsa.RSAPrivateKey:
    """Keys take long to make, and all tests of a process can do with the same."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that Teams signs with, or says that it does."""

    number: int
    endorsements: tuple[str, ...] = ("msteams",)

    @property
    def kid(self) -> str:
        return f"fake-key-{self.number}"

    @property
    def private(self) -> rsa.RSAPrivateKey:
        return _private_key(self.number)

    def jwk(self) -> Node:
        public = self.private.public_key().public_numbers()
        own = {"kty": "RSA", "use": "sig", "kid": self.kid, "n": _as_text(public.n), "e": _as_text(public.e)}
        return own | {"endorsements": list(self.endorsements)}


class Channel:
    """Who signs what Teams sends to the bot. The last of its `keys` is the one that it signs with."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock, self._numbers = clock, itertools.count(1)
        self.keys = [SigningKey(next(self._numbers))]

    def rotate(self, keep_old: bool = True) -> SigningKey:
        """Signs with a new key from now on; what the old one signed is no good any more where that is not kept."""
        new = SigningKey(next(self._numbers))
        self.keys = [*self.keys, new] if keep_old else [new]
        return new

    def token(
        self, service_url: str, key: SigningKey | None = None, kid: str = "", lifetime: float = 3600, **claims: Any
    ) -> str:
        """A token for what is sent to the bot. `claims` take the place of its own; None takes one away. A forged one
        says the `kid` of another key."""
        key, now = key or self.keys[-1], int(self._clock())
        own = {"iss": ISSUER, "aud": APP_ID, "serviceurl": service_url, "nbf": now - 60, "exp": int(now + lifetime)}
        whole = {name: value for name, value in (own | claims).items() if value is not None}
        return jwt.encode(whole, key.private, algorithm="RS256", headers={"kid": kid or key.kid})


class Login:
    """Where the bot gets the token that it shows the connector. `refuses` is the number of a fault of Microsoft's."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.secret, self.refuses, self.lifetime = SECRET, 0, TOKEN_SECONDS
        self._issued: dict[str, float] = {}  # until when each is good

    def discovery(self, tenant: str) -> Node:
        """What OpenID's discovery says of a tenant."""
        base = f"{REAL_LOGIN}/{tenant}"
        return {
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
            "issuer": f"{base}/v2.0",
            "jwks_uri": f"{base}/discovery/v2.0/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def token(self, tenant: str, form: Node) -> tuple[int, Node]:
        """The status and the body that a request for a token is answered with."""
        number = self.refuses or self._fault(tenant, form)
        if number:
            status = 401 if number in (WRONG_SECRET, OLD_SECRET) else 400
            said = f"AADSTS{number}: refused by the stand-in."
            error = _KINDS.get(number, "invalid_request")
            return status, {"error": error, "error_description": said, "error_codes": [number]}
        if form.get("grant_type") != "client_credentials" or form.get("scope") != SCOPE:
            return 400, {"error": "invalid_request", "error_description": "no such grant or scope", "error_codes": []}
        token = f"fake-token-{secrets.token_hex(8)}"
        self._issued[token] = self._clock() + self.lifetime
        lifetime = self.lifetime
        return 200, {
            "token_type": "Bearer",
            "expires_in": lifetime,
            "ext_expires_in": lifetime,
            "access_token": token,
        }

    def _fault(self, tenant: str, form: Node) -> int:
        if tenant != TENANT:
            return NO_SUCH_TENANT
        if form.get("client_id") != APP_ID:
            return NO_SUCH_APP
        return 0 if form.get("client_secret") == self.secret else WRONG_SECRET

    def knows(self, token: str) -> bool:
        """Whether it has given out this token, and it is still good."""
        return self._issued.get(token, 0.0) > self._clock()

    def revoke_all(self) -> None:
        """Makes every token that was given out so far worthless."""
        self._issued.clear()


def _as_text(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
