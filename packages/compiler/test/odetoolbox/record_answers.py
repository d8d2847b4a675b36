"""Records what ODE-toolbox answers to the problems in this folder, each in a process of its own: its options are global, and some take long.

    python -m venv .cache/odetoolbox && .cache/odetoolbox/bin/pip install odetoolbox==3.0.0
    .cache/odetoolbox/bin/python packages/compiler/test/odetoolbox/record_answers.py [PROBLEM...]

Without names all problems. Writes answers.json after each: by problem the answer, or the first line of the exception, and the time in s, the import aside.
"""

import importlib.metadata
import json
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).parent
LIMIT = 240

ONE = """
import json, sys, time, logging
import odetoolbox
problem = json.load(open(sys.argv[1]))
begin = time.perf_counter()
try:
    answer = {"result": odetoolbox.analysis(problem, disable_stiffness_check=True, log_level=logging.ERROR)}
except BaseException as error:
    answer = {"error": (type(error).__name__ + ": " + str(error)).strip().split("\\n")[0]}
answer["seconds"] = round(time.perf_counter() - begin, 2)
print("ANSWER" + json.dumps(answer))
"""


def answer_to(path):
    try:
        run = subprocess.run([sys.executable, "-c", ONE, str(path)], capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return {"error": f"no answer in {LIMIT} s"}
    lines = [line for line in run.stdout.splitlines() if line.startswith("ANSWER")]
    return json.loads(lines[-1][6:]) if lines else {"error": "the process ended without an answer"}


def main():
    names = ["odetoolbox", "sympy"]
    versions = {name: importlib.metadata.version(name) for name in names} | {"python": sys.version.split()[0]}
    target = FOLDER / "answers.json"
    paths = sorted((FOLDER / "problems").glob("*.json"))
    chosen = [path for path in paths if len(sys.argv) == 1 or path.stem in sys.argv[1:]]
    for path in chosen:
        answer = answer_to(path)
        known = json.loads(target.read_text())["answers"] if target.exists() else {}
        known[path.stem] = answer
        answers = {path.stem: known[path.stem] for path in paths if path.stem in known}
        target.write_text(json.dumps({"versions": versions, "answers": answers}, indent=2) + "\n")
        print(path.stem, answer.get("seconds"), file=sys.stderr)


main()
