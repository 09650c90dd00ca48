/** Something wrong in a text or a table, and what to do about it. */
export interface Problem {
  file: string;
  key: string;
  wrong: string;
  mend: string;
}

export const showProblem = ({ file, key, wrong, mend }: Problem) => `${file}  ${key}: ${wrong}. Mend: ${mend}`;
