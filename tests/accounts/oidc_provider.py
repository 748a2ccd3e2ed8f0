"""A real OpenID provider, run as a process: `python -m tests.accounts.oidc_provider PORT`.

It is oidc-provider-mock with PKCE demanded, which that leaves out, and with an address at which a
test asks for answers that an attacker or a broken provider would give.
"""

import base64
import hashlib
import hmac
import json
import sys
import time
import warnings

warnings.simplefilter("ignore")

import flask  # noqa: E402 – after the warnings are off
import oidc_provider_mock  # noqa: E402 – see above
from joserfc import jwk, jwt  # noqa: E402 – see above
from werkzeug.serving import make_server  # noqa: E402 – see above

bends = {"kind": "", "again": "", "made": ""}
challenges = {}
asked = {}
SAYS = {
    "other issuer": {"issuer": "https://x"},
    "basic": {"token_endpoint_auth_methods_supported": ["client_secret_basic"]},
}


def unpadded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims_of(token):
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


def bent(token, key):
    kind, claims = bends["kind"], claims_of(token)
    header = {"alg": "RS256", "kid": key.kid or "0"}
    if kind == "alg none":
        head = unpadded(json.dumps({"alg": "none", "kid": header["kid"]}).encode())
        return f"{head}.{unpadded(json.dumps(claims).encode())}."
    if kind == "alg of a shared key":
        head = json.dumps({"alg": "HS256", "kid": header["kid"]}).encode()
        signed = f"{unpadded(head)}.{unpadded(json.dumps(claims).encode())}"
        mac = hmac.new(key.as_pem(private=False), signed.encode(), "sha256")
        return f"{signed}.{unpadded(mac.digest())}"
    if kind == "another key":
        return jwt.encode(header, claims, jwk.RSAKey.generate_key(2048))
    changes = {
        "wrong issuer": {"iss": "https://evil.example"},
        "wrong audience": {"aud": "somebody-else"},
        "wrong party": {"azp": "somebody-else"},
        "no nonce": {"nonce": None},
        "wrong nonce": {"nonce": "another"},
        "expired": {"exp": int(time.time()) - 3600},
        "no subject": {"sub": ""},
    }
    claims = {k: v for k, v in (claims | changes.get(kind, {})).items() if v is not None}
    return jwt.encode(header, claims, key)


def bend():
    if flask.request.method == "PUT":
        bends.update(kind=flask.request.get_data(as_text=True), made="")
    return bends["made"]


def demand_pkce():
    if flask.request.path == "/oauth2/authorize":
        asked["challenge"] = flask.request.args.get("code_challenge")
        if flask.request.args.get("code_challenge_method") != "S256":
            return "PKCE is demanded here.", 400
    if flask.request.path == "/oauth2/token":
        verifier = flask.request.form.get("code_verifier", "")
        challenge = unpadded(hashlib.sha256(verifier.encode()).digest())
        if challenges.get(flask.request.form.get("code")) != challenge:
            return flask.jsonify(error="invalid_grant"), 400
        if bends["kind"] == "basic" and not flask.request.authorization:
            return flask.jsonify(error="invalid_client"), 401
    return None


def change(response):
    path, location = flask.request.path, response.headers.get("Location", "")
    if path == "/oauth2/authorize" and "code=" in location:
        challenges[location.split("code=")[1].split("&")[0]] = asked["challenge"]
    if path == "/oauth2/token" and response.status_code == 200:
        response.set_data(json.dumps(changed(json.loads(response.get_data()))))
    if path.endswith("openid-configuration") and bends["kind"] in SAYS:
        response.set_data(json.dumps(json.loads(response.get_data()) | SAYS[bends["kind"]]))
    return response


def changed(tokens):
    if bends["kind"] == "no token":
        del tokens["id_token"]
    elif bends["kind"] == "an earlier token":
        tokens["id_token"] = bends["again"]
    elif bends["kind"] and bends["kind"] != "basic":
        kept = flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True)
        tokens["id_token"] = bent(tokens["id_token"], jwk.RSAKey.import_key(kept))
    else:
        bends["again"] = tokens["id_token"]
    bends["made"] = bends["kind"]
    return tokens


def make_app():
    app = oidc_provider_mock.app()
    app.route("/bend", methods=["GET", "PUT"])(bend)
    app.before_request(demand_pkce)
    app.after_request(change)
    return app


if __name__ == "__main__":
    make_server("127.0.0.1", int(sys.argv[1]), make_app(), threaded=True).serve_forever()
