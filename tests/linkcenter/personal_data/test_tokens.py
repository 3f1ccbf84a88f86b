import re

from linkcenter.tokens import hash_token, new_seed, token_for


def test_token_is_the_same_each_time_and_fits_an_address():
    seed = new_seed()

    assert token_for(seed) == token_for(seed)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token_for(seed))


def test_seeds_and_tokens_differ():
    seeds = {new_seed() for _each in range(100)}

    assert len({token_for(seed) for seed in seeds}) == 100


def test_token_cannot_be_made_from_the_database_alone(settings):
    seed = new_seed()
    before = token_for(seed)
    settings.LINK_KEY = "another key"

    assert token_for(seed) != before


def test_hash_is_not_the_token():
    token = token_for(new_seed())

    assert re.fullmatch(r"[0-9a-f]{64}", hash_token(token))
    assert token not in hash_token(token)
