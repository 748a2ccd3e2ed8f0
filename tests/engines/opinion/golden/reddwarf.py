"""red-dwarf 0.4.0 on a real conversation: runs only among the baselines (`make golden`)."""

import pandas as pd
from reddwarf.implementations.polis import run_pipeline

from tests.engines.opinion.real import REAL, votes_file


def load(name):
    """Return current votes as red-dwarf takes them, and the ids moderated out, read by pandas."""
    folder = REAL / name
    path = votes_file(folder)
    table = pd.read_csv(path)
    if path.name == "votes.csv":
        table = table.sort_values("timestamp", kind="stable")
        table = table.drop_duplicates(["voter-id", "comment-id"], keep="last")
    else:
        statements = [column for column in table.columns if column.isdigit()]
        table = table.melt("participant", statements, "comment-id", "vote").dropna()
        table = table.rename(columns={"participant": "voter-id"})
    table = table[["voter-id", "comment-id", "vote"]].astype(int)
    table.columns = ["participant_id", "statement_id", "vote"]
    comments = pd.read_csv(folder / "comments.csv")
    return table, comments.loc[comments["moderated"] == -1, "comment-id"].tolist()


def run(records, moderated_out, **options):
    """Run red-dwarf on a list of votes; options as svd_solver go to its PCA."""
    return run_pipeline(
        votes=records,
        mod_out_statement_ids=moderated_out,
        random_state=0,
        reducer_kwargs=options,
    )
