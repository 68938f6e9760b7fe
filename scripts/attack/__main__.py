"""Attacks what `set suppress_below` shows, with the linear programs of SciPy.

The attacker knows how many records there are, which values each column has, and everything that was printed. Every
combination of values is a variable, a number of records from 0 on. A printed number is an equation; a hidden one says that
there is a record; a group that is not listed has none; a share tells the total of its group. For every hidden number that
is small in truth, the least and the most that it can be are worked out. It leaks if these are the same, or if the most is
below the threshold, so that it can be told from the others by being small.
"""

import argparse
import csv
import io
import itertools
import random
import subprocess
import sys
import tempfile

import numpy
from scipy.optimize import linprog

COLUMNS = {
    "country": ["IN", "TR", "BR", "DE"],
    "action": ["withheld", "removed", "none"],
    "platform": ["X", "Y"],
}
NAMES = list(COLUMNS)
KINDS = list(itertools.product(*COLUMNS.values()))


class Question:
    """What is asked, by which columns its rows are grouped, and which records it takes."""

    def __init__(self, text, keys, takes=lambda kind: True, tells_totals_within=None, is_whole=True):
        self.text = text
        self.keys = keys
        self.takes = takes
        self.tells_totals_within = tells_totals_within
        self.is_whole = is_whole


def value(kind, column):
    return kind[NAMES.index(column)]


def questions(chance):
    """A random question."""
    keys = chance.sample(NAMES, chance.randint(1, 3))
    by = ", ".join(keys)
    column = chance.choice(NAMES)
    word = chance.choice(COLUMNS[column])
    sign, takes = chance.choice(
        [
            ("=", lambda kind: value(kind, column) == word),
            ("<>", lambda kind: value(kind, column) != word),
        ]
    )
    where = f"where {column} {sign} '{word}'"
    rest = [name for name in NAMES if name not in keys[:1]]
    return chance.choice(
        [
            Question(f"aggregate count(*) as n group by {by}", keys),
            Question(f"{where} |> aggregate count(*) as n group by {by}", keys, takes),
            Question(f"{where} |> aggregate count(*) as n", [], takes),
            Question(f"share {by} |> select {by}, count as n", keys, tells_totals_within=[]),
            Question(
                f"share {rest[0]} by {keys[0]} |> select {keys[0]}, {rest[0]}, count as n",
                [keys[0], rest[0]],
                tells_totals_within=[keys[0]],
            ),
            Question(f"top 2 {by} |> select {by}, count as n", keys, is_whole=False),
            Question(f"{where} |> share {keys[0]} |> select {keys[0]}, count as n", keys[:1], takes, []),
        ]
    )


def ask(notebook, path, threshold, asked):
    """What the notebook prints for each question; nothing for one that it refuses. All of them in one session."""
    marker = "next question"
    script = [f"load '{path}' as t", f"set suppress_below {threshold}", "format csv"]
    for question in asked:
        script += [f"select '{marker}' as marker;", f"from t |> {question.text}"]
    ran = subprocess.run(
        [notebook, "--format", "csv", "--keep-going", "-c", "\n".join(script)], capture_output=True, text=True
    )
    parts = ran.stdout.split(f"marker\n{marker}\n")[1:]
    if len(parts) != len(asked):
        sys.exit(f"the notebook gave {len(parts)} answers to {len(asked)} questions:\n{ran.stderr}")
    return [list(csv.reader(io.StringIO(part.strip("\n")))) for part in parts]


def members(question, key):
    return [
        index
        for index, kind in enumerate(KINDS)
        if question.takes(kind) and all(value(kind, name) == word for name, word in zip(question.keys, key))
    ]


class Attack:
    """The linear system of everything that was printed."""

    def __init__(self, total):
        self.equal = [([*range(len(KINDS))], total)]
        self.at_least_one = []

    def learn(self, question, rows, counts):
        """Takes in a printed table, and gives the sets of records whose numbers are hidden and small in truth."""
        hidden, listed, totals = [], set(), {}
        for row in rows[1:]:
            key, number = row[:-1], row[-1]
            listed.add(tuple(key))
            cell = members(question, key)
            truth = sum(counts[index] for index in cell)
            if number in ("", "NA"):
                self.at_least_one.append(cell)
                hidden.append((question.text, key, cell, truth))
                continue
            if int(number) != truth:
                sys.exit(f"a wrong number: {question.text}: {row}, in truth {truth}")
            self.equal.append((cell, truth))
            if question.tells_totals_within is not None:
                group = tuple(key[: len(question.tells_totals_within)])
                totals[group] = members(question, group)
        for cell in totals.values():
            self.equal.append((cell, sum(counts[index] for index in cell)))
        if question.is_whole and rows and question.keys:
            for index, kind in enumerate(KINDS):
                if question.takes(kind) and tuple(value(kind, name) for name in question.keys) not in listed:
                    self.equal.append(([index], 0))
        return hidden

    def bounds(self, cell):
        """The least and the most that a cell can count, in whole numbers."""

        def row(indices, sign=1.0):
            numbers = numpy.zeros(len(KINDS))
            numbers[indices] = sign
            return numbers

        equal = numpy.array([row(indices) for indices, _ in self.equal])
        right = numpy.array([number for _, number in self.equal], dtype=float)
        least = numpy.array([row(indices, -1.0) for indices in self.at_least_one]) if self.at_least_one else None
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * row(cell),
                A_ub=least,
                b_ub=None if least is None else -numpy.ones(len(least)),
                A_eq=equal,
                b_eq=right,
                bounds=(0, None),
                method="highs",
            )
            if not found.success:
                sys.exit(f"what was printed does not fit together: {found.message}")
            ends.append(sign * found.fun)
        return int(numpy.ceil(ends[0] - 1e-6)), int(numpy.floor(ends[1] + 1e-6))


def main():
    parser = argparse.ArgumentParser(prog="scripts/attack-suppression", description=__doc__.split("\n")[0])
    parser.add_argument("--noticebook", required=True, help="the binary that is attacked")
    parser.add_argument("--sessions", type=int, default=40, help="how many sessions are attacked (40)")
    parser.add_argument("--questions", type=int, default=6, help="how many questions each asks (6)")
    parser.add_argument("--threshold", type=int, default=5, help="the value of suppress_below (5)")
    parser.add_argument("--seed", type=int, default=1, help="what makes one run differ from another (1)")
    options = parser.parse_args()

    attacked = small = shown = refused = 0
    leaks = []
    for session in range(options.sessions):
        chance = random.Random(options.seed * 1_000_003 + session)
        counts = [chance.choice([0, 1, 2, 3, 5, 8, 13, 21, 40]) for _ in KINDS]
        records = [kind for kind, count in zip(KINDS, counts) for _ in range(count)]
        chance.shuffle(records)
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            writer = csv.writer(file)
            writer.writerow(NAMES)
            writer.writerows(records)
            file.flush()
            asked = [questions(chance) for _ in range(options.questions)]
            answers = ask(options.noticebook, file.name, options.threshold, asked)
        attack = Attack(len(records))
        hidden = []
        for question, rows in zip(asked, answers):
            refused += not rows
            shown += max(0, len(rows) - 1)
            hidden += attack.learn(question, rows, counts)
        for text, key, cell, truth in hidden:
            attacked += 1
            if not 0 < truth < options.threshold:
                continue
            small += 1
            least, most = attack.bounds(cell)
            if least == most or most < options.threshold:
                leaks.append(f"session {session}: {text}: {', '.join(key)} is {truth}, between {least} and {most}")
    print(
        f"{options.sessions} sessions of {options.questions} questions, {refused} of them refused: {shown} rows shown, "
        f"{attacked} of them hidden, {small} of these made of fewer than {options.threshold} records"
    )
    print("\n".join(leaks) if leaks else "nothing leaks")
    return 1 if leaks else 0


if __name__ == "__main__":
    sys.exit(main())
