"""The running web process does what its description says, to good requests and to bad ones, made by schemathesis."""

from tests.security.api_schema import NO_LIMITS, try_description

EXAMPLES = 5  # of each call; beside them the borders of every field


def test_every_answer_is_one_that_is_described(own, tmp_path):
    _, make = own
    web = make(**NO_LIMITS)
    outcomes = try_description(web, EXAMPLES, tmp_path)
    for outcome in outcomes:
        assert outcome.is_good, outcome.words
    assert sum(outcome.requests for outcome in outcomes) > 200
    assert "Traceback" not in web.log()
