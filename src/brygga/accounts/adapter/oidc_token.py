"""Looking at an OpenID token: who signed it, for whom, and until when."""

from typing import Any

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

from brygga.core.http.outgoing import guarded_session

CLOCKS_DIFFER = 60  # seconds
LONGEST_SUBJECT = 191
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")


def checked(configuration: dict[str, Any], client_id: str, id_token: str | None) -> dict[str, Any]:
    """Give a token's claims; raises OAuth2Error where it is not what it must be."""
    if not id_token:
        raise OAuth2Error("There is no token.")
    try:
        claims: dict[str, Any] = jwt.decode(
            id_token,
            key=_key_of(configuration["jwks_uri"], id_token),
            algorithms=ALGORITHMS,
            audience=client_id,
            issuer=configuration["issuer"],
            leeway=CLOCKS_DIFFER,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise OAuth2Error("The token is not what it must be.") from error
    if claims.get("azp", client_id) != client_id:
        raise OAuth2Error("The token is meant for somebody else.")
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise OAuth2Error("The token names nobody.")
    jwtkit.verify_jti(claims)
    return claims


def _key_of(address: str, id_token: str) -> Any:
    """Find the issuer's key that the token names; only a single key may go without a name."""
    with guarded_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
    name = jwt.get_unverified_header(id_token).get("kid")
    fitting = keys if name is None else [key for key in keys if key.key_id == name]
    if len(fitting) != 1:
        raise OAuth2Error("The token is signed by nobody whom the issuer names.")
    return fitting[0]
