"""Runs alembic on many projects: a list of {"folder", "cwd", "options"} on stdin, what it did for each on stdout.

One process imports alembic once; each project is run in a fork of it, so that none sees what another one imported.
"""
import json
import os
import re
import sys
import tempfile
import warnings

sys.dont_write_bytecode = True
warnings.simplefilter("ignore")

import alembic.config  # noqa: E402
import sqlalchemy  # noqa: E402


def run(arguments):
    """The exit code of `alembic …`, and what it printed: alembic keeps the sys.stdout that it was imported with."""
    code = 0
    try:
        alembic.config.main(argv=arguments, prog="alembic")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException as error:
        code = 1
        print(f"{type(error).__name__}: {error}")
    sys.stdout.flush()
    sys.stderr.flush()
    with open(1, "r+b", closefd=False) as printed:
        printed.seek(0)
        output = printed.read().decode("utf-8", "replace")
        printed.seek(0)
        printed.truncate()
    return code, output


def look(job):
    os.chdir(os.path.join(job["folder"], job["cwd"]))
    code, output = run([*job["options"], "heads"])
    heads = sorted(re.findall(r"^(\S+)(?: \(.*\))*$", output, re.M)) if code == 0 else None
    code, output = run([*job["options"], "upgrade", "head"])
    return {"heads": heads, "upgradeHead": "fails" if code else "exits 0", "output": output[-400:]}


def apart(job):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with os.fdopen(write, "w") as pipe, tempfile.TemporaryFile() as output:
                os.dup2(output.fileno(), 1)
                os.dup2(output.fileno(), 2)
                json.dump(look(job), pipe)
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        found = pipe.read()
    os.waitpid(child, 0)
    return json.loads(found)


if __name__ == "__main__":
    json.dump(
        {
            "alembic": alembic.__version__,
            "sqlalchemy": sqlalchemy.__version__,
            "results": [apart(job) for job in json.load(sys.stdin)],
        },
        sys.stdout,
    )
