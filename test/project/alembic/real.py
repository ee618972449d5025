"""Runs alembic on many projects: a list of {"folder", "cwd", "options"} on stdin, what it did for each on stdout.

One process imports alembic once; each command runs in a fork of it, so that none sees what another one imported.
"""
import json
import os
import re
import sys
import warnings

sys.dont_write_bytecode = True
warnings.simplefilter("ignore")

import alembic.config  # noqa: E402
import alembic.util  # noqa: E402
import sqlalchemy  # noqa: E402


def run(folder, arguments):
    """The exit code of `alembic …` in this folder, and what it printed."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(read)
            os.dup2(write, 1)
            os.dup2(write, 2)
            os.chdir(folder)
            code = 0
            alembic.config.main(argv=arguments, prog="alembic")
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        except BaseException as error:
            code = 1
            print(f"{type(error).__name__}: {error}")
        finally:
            sys.stdout.flush()
            os._exit(code & 0xFF)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        output = pipe.read().decode("utf-8", "replace")
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), output


def look(job):
    folder = os.path.join(job["folder"], job["cwd"])
    code, output = run(folder, [*job["options"], "heads"])
    heads = sorted(re.findall(r"^(\S+)(?: \(.*\))*$", output, re.M)) if code == 0 else None
    code, output = run(folder, [*job["options"], "upgrade", "head"])
    return {"heads": heads, "upgradeHead": "fails" if code else "exits 0", "output": output[-400:]}


if __name__ == "__main__":
    json.dump(
        {
            "alembic": alembic.__version__,
            "sqlalchemy": sqlalchemy.__version__,
            "results": [look(job) for job in json.load(sys.stdin)],
        },
        sys.stdout,
    )
