"""Who has come to a gathering, counted with as little as can be known of anybody.

An owner (an activity, a meeting, a lesson) names itself by kind and public id and calls:

- `operations.open_gathering` when it is planned or moved; it may be called again;
- `operations.host_secret` for the address `attendance:check_in`, drawn with `core.http.qr`;
- `operations.expect` for a personal code, and `check_in_personal` when staff scan it;
- `operations.count_one_more` and `count_heads` for those counted by hand;
- `operations.close_gathering` and `open_now` for the host;
- `queries.numbers_of`: all numbers for the team, `told` for everybody else; `queries.ages_of`.

The first owner is an activity of the plan (`dialogues.operations.check_in`).
"""
