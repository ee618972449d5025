/** Programs that a package of Python brings, and the packages that do; `[extra]` where only an extra does. */
export const commandPackages: ReadonlyMap<string, RegExp> = new Map<string, RegExp>([
  [
    'alembic',
    /^(alembic|flask-migrate|flask-alembic|mlflow|apache-airflow.*|apache-superset|langflow.*|open-webui|zenml|optuna|mage-ai|jupyterhub|tracecat|label-studio|aim|prefect|letta)$/,
  ],
  [
    'gunicorn',
    /^(gunicorn|mlflow|apache-airflow.*|dash-tools|open-webui|locust-plugins|functions-framework|labelbox|langflow.*|redash|saleor|bentoml|litellm\[proxy\])$/,
  ],
  [
    'uvicorn',
    /^(uvicorn|uvicorn-worker|fastapi\[(all|standard)\]|fastapi-cli|mcp|fastmcp|gradio|chainlit|nicegui|litellm\[proxy\]|open-webui|prefect|python-fasthtml|langserve|chromadb|bentoml|reflex|panel|zenml|langgraph-cli|autogen.*|google-adk|datasette|ray\[(serve|default)\]|vllm|pynecone|starlite|litestar\[standard\]|mlflow|marimo|hypha|ragas|agno|letta|langflow.*|solara.*|shiny|apache-airflow.*|connexion\[uvicorn\]|openai-agents|pydantic-ai.*|titiler.*|tracecat|flwr|mesop|stac-fastapi.*|modal)$/,
  ],
  // Since 0.112 fastapi itself brings the program, which then asks for fastapi[standard] and ends (fastapi/cli.py).
  ['fastapi', /^(fastapi\[(all|standard|standard-no-fastapi-cloud-cli)\]|fastapi-cli)$/],
  ['hypercorn', /^(hypercorn|quart)$/],
  ['daphne', /^(daphne|channels\[daphne\])$/],
  ['celery', /^(celery|django-celery.*|flower|apache-superset|saleor|redash)$/],
  ['flask', /^(flask.*|dash.*|mlflow|apache-airflow.*|apache-superset|connexion.*|quart)$/],
  ['arq', /^arq$/],
  ['rq', /^(rq|django-rq|rq-.*|flask-rq2?)$/],
  ['dramatiq', /^(dramatiq|django-dramatiq)$/],
  ['aerich', /^aerich$/],
])
