/** Whether an instruction may bring another Python than the base image has: which one runs is then not known. */
export const bringsPython = ({keyword, text}: {keyword: string; text: string}): boolean =>
  (keyword === 'RUN' &&
    /\b(uv\s+(venv|python)|pyenv|conda|mamba|virtualenv|-m\s+venv|poetry\s+(env|python)|python3?\.\d+)\b/.test(text)) ||
  (keyword === 'COPY' && /python|\/usr\/local\/?\s/.test(text))
