"""Keys, tokens, passwords, connection strings: by prefix, by cue and by how random they look."""

from __future__ import annotations

import time

import pytest

from bot.privacy.detect.checks import entropy
from tests.unit.detecting import found

MIXED = "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA"
HEXES = "9f86d081884c7d65" * 2


@pytest.mark.parametrize(
    "key",
    [
        "sk-" + "proj-" + MIXED,
        "sk-" + "ant-api03-" + MIXED,
        "AK" + "IA" + "V7DF46VWIC7JJN3D",
        "AI" + "za" + MIXED,
        "xo" + "xb-514610919576-" + MIXED,
        "gh" + "p_" + MIXED,
        "github" + "_pat_" + MIXED,
        "gl" + "pat-" + MIXED,
        "sk" + "_live_" + MIXED,
        "AC" + HEXES,
        "S" + "G." + MIXED + "." + MIXED,
        "np" + "m_" + MIXED,
        "py" + "pi-" + MIXED,
        "h" + "f_" + MIXED,
        "hv" + "s." + MIXED,
    ],
)
def test_keys_are_known_by_their_prefix(key):
    assert found(f"why does {key} fail?") == [("API_KEY", key)]


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("export STRIPE_KEY=", MIXED[:20], ""),
        ('"client_secret": "', MIXED, '"'),
        ("aws_secret_access_key = /RAYk/", MIXED + "+IuE", ""),
        ("Authorization: Bearer ", MIXED, "'"),
        ("my api key is ", HEXES, ", leaked"),
        ("token: ", "3f2b8c1e-77aa-4d7b-9a53-0d4f1f0c2a11", ""),
        ("GET /v1?limit=5&access_token=", "abc123def456", "&x=1"),
        ("git clone https://", "tok" + MIXED, "@host.test/a.git"),
        ("found ", MIXED + "Zz9", " in a file"),
    ],
)
def test_keys_are_known_by_cue_and_by_randomness(before, value, after):
    text = before + value + after
    (kind, hidden), *rest = found(text)
    assert (kind, rest) == ("API_KEY", [])
    assert value in hidden


def test_a_key_cut_by_a_line_break_is_hidden_whole():
    key = "sk-" + "proj-" + MIXED[:20] + "\n" + "klmnoPQRST67890"
    assert found(key + " leaked") == [("API_KEY", part) for part in key.splitlines()]


def test_a_line_after_a_key_is_not_part_of_it():
    key = "sk-" + "proj-" + MIXED
    assert found(key + "\nplease") == [("API_KEY", key)]


def test_private_keys_and_tokens_with_a_signature():
    block = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----"
    assert found(f"here {block} done") == [("PRIVATE_KEY", block)]
    token = "ey" + "JhbGciOiJI." + "ey" + "JzdWIiOiIx." + "SflKxwRJSMeKKF2QT4"
    assert found(f"got {token} back") == [("JWT", token)]


@pytest.mark.parametrize(
    "text",
    [
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8 broke it",
        "sha256:9b2cf535f27731c974343645a3985328a1b2c3d4e5f60718293a4b5c6d7e8f90",
        "UUID 6f1c9d3e-8b1a-4f57-9c55-0e9d2b7a4f10 twice",
        "export GH_TOKEN=$GH_TOKEN; API_KEY=your-key-here; API_KEY=<your key>; KEY=os.environ['K']",
        "How do I rotate an API key without downtime?",
        "token_count = 128000",
        "the key error in line 214",
        "see /usr/local/lib/python3.11/site-packages/x",
        "DeprecatedComponentFactoryBean2 and sk-learn-contrib-something",
        "postgres://localhost:5432/db and postgres://user:password@localhost/db",
    ],
)
def test_hashes_names_and_placeholders_are_left_alone(text):
    assert found(text) == []


def test_connection_strings_hide_user_password_and_host():
    assert found("postgres://app:baby-27@db.internal:5432/prod is slow") == [
        ("CONNECTION_STRING", "app:baby-27@db.internal:5432")
    ]
    assert found("https://john:s3cr3t!@host.test/x") == [("PASSWORD", "john:s3cr3t!")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("pw is Moment672$", "Moment672$"),
        ("pwd: hunter2, ok?", "hunter2"),
        ("here is the password I use: iQ^7uMblB+P)", "iQ^7uMblB+P)"),
        ("DB_PASSWORD=hunter", "hunter"),
        ("my password is sunshine.", "sunshine"),
        ("the root password on fb49:9590:d131:5a83:6657:5ab9:ecd4:4d24 is Of605#, ok", "Of605#"),
        ("password 'correct horse battery' works", "correct horse battery"),
        ("use Tr0ub4dor as the password", "Tr0ub4dor"),
        ("Passwort lautet Sonne123!", "Sonne123!"),
        ("mot de passe : azerty123", "azerty123"),
        ("la contraseña es perro99", "perro99"),
        ("initial password - Xy7!abcd", "Xy7!abcd"),
        ("PIN is 4821", "4821"),
        ("the door code is 4471#", "4471#"),
        ("mysql --password=Gr3en -h x", "Gr3en"),
        ("the login needs a name and three words, paper-tiger-31", "paper-tiger-31"),
    ],
)
def test_passwords_are_known_by_cue(text, value):
    hidden = [pair for pair in found(text) if pair[0] == "PASSWORD"]
    assert hidden == [("PASSWORD", value)]


def test_a_login_hides_both_halves():
    assert found("log in with bob@x.com / hunter22") == [("EMAIL", "bob@x.com"), ("PASSWORD", "hunter22")]
    assert found("creds: svc_build / Pa55word") == [("USERNAME", "svc_build"), ("PASSWORD", "Pa55word")]


@pytest.mark.parametrize(
    "text",
    [
        "the password is wrong",
        "password reset does not work",
        "the variable password_hash is null",
        "Passwort vergessen, was tun?",
        "password=${PW} and password: ********",
        "What is a strong password policy in 2025?",
        "class User:\n    password: str",
        "password = get_password()",
        "login at 10:30 fails",
    ],
)
def test_talk_about_passwords_is_left_alone(text):
    assert found(text) == []


def test_entropy_is_bits_a_character():
    assert entropy("aaaa") == 0
    assert entropy("abcd") == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the pasword is Sommer#2025!x i think", "Sommer#2025!x"),
        ("the passwrod for the nas is Lemon-Tree-44 ok", "Lemon-Tree-44"),
        ("wifi pasphrase for guests changed to PurpleOtter_91, thanks", "PurpleOtter_91"),
        ("ok so the wifi in the new meeting room is blauerElefant77 pls", "blauerElefant77"),
        ("log in with Tr0ub4dor_winter and switch", "Tr0ub4dor_winter"),
        ("can you log into the portal using b3rrySmoothie! pls", "b3rrySmoothie!"),
        ("meld dich mit Fuchs!Bau21 an", "Fuchs!Bau21"),
        ("hasło do serwera to Zubr%Lesny55, login bez zmian", "Zubr%Lesny55"),
        ("a senha do servidor é Jabuticaba9", "Jabuticaba9"),
        ("lösenordet till servern är Sommar_2024!", "Sommar_2024!"),
        ("wachtwoord voor de wifi boven: Fiets4Ever", "Fiets4Ever"),
        ("I reset her password, its Welcome2Acme for now", "Welcome2Acme"),
        ("the passphrase is purple monkey dishwasher lantern", "purple monkey dishwasher lantern"),
        ("code portail 47B19, demander", "47B19"),
        ("código del portal 4821", "4821"),
        ("codice del cancello: 3391", "3391"),
        ("il pin della carta è 5582", "5582"),
        ("the safe combination is 12-34-56", "12-34-56"),
        ("test with qa@foo.example / Test1234! on stage", "Test1234!"),
        ("i keep typing BlueWhale!88 as my passwrd", "BlueWhale!88"),
    ],
)
def test_passwords_are_known_apart_from_their_cue_and_by_misspelt_ones(text, value):
    assert ("PASSWORD", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "the password is too short",
        "the passphrase is too short to be valid",
        "password must be 12 characters",
        "my passport is valid",
        "log in with OAuth2 and call it",
        "sign in with Office365",
        "the wifi is 802.11ax on channel 36",
        "wifi in building B is down since 10am",
        "the alarm fired 4 times, code review pending",
        "exit code 137 when the gate job runs",
        "the key is to listen",
        "la contraseña es demasiado corta",
        "the code for the door component is 400 lines",
        "creds rotation is in 2025-03",
        "test/unit2 fails on CI",
    ],
)
def test_talk_about_access_holds_no_password(text):
    assert not {"PASSWORD", "API_KEY"} & {kind for kind, _ in found(text)}


@pytest.mark.parametrize("word", ["pasword", "passwrod", "passwordd", "pasphrase", "Passwot", "wachtwoort", "kenwort"])
def test_misspelt_cues_are_heard(word):
    assert found(f"the {word} is Lemon-Tree-44") == [("PASSWORD", "Lemon-Tree-44")]


@pytest.mark.parametrize("word", ["crossword", "contact", "country", "keyword"])
def test_other_words_are_no_cues(word):
    assert found(f"the {word} is lemon-tree-44") == []


@pytest.mark.parametrize(
    "key",
    [
        "AK" + "IA" + "ACCTTIDHAAFVHQXA",
        "xkey" + "sib-" + HEXES,
        "rzp" + "_live_" + MIXED[:14],
        "pc" + "sk_" + MIXED,
        "dp" + ".pt." + MIXED,
        "CF" + "PAT-" + MIXED,
        "sk-" + "or-v1-" + HEXES,
    ],
)
def test_more_keys_are_known_by_their_prefix(key):
    assert found(f"why does {key} fail?") == [("API_KEY", key)]


def test_the_host_of_a_link_with_a_password_stays():
    value = "d4rxbaTxdeebniTl4V"
    assert found(f"https://deploy:{value}@git.corp.example/ops.git") == [("PASSWORD", f"deploy:{value}")]


@pytest.mark.parametrize(
    "piece",
    [
        "12, Ab, ",
        "order no ",
        "password ",
        "porte code ",
        "wifi is ",
        "12 ab cd ",
        "Flat 1 ",
        "ssn a ",
        "has pain and ",
    ],
)
def test_long_pastes_stay_fast(piece):
    text = piece * (20_000 // len(piece))
    begin = time.process_time()
    found(text)
    assert time.process_time() - begin < 5
