/** Small dense linear algebra for K x K matrices of tasks (K is rarely above 10): exact and free of dependencies, slow for large K. */

export type Vector = readonly number[];
export type Matrix = readonly Vector[]; // row-major, square unless said otherwise

/** The entry i of a vector.  @throws RangeError past its end */
export function at(vector: Vector, i: number): number {
  const value = vector[i];
  if (value === undefined) throw new RangeError(`A vector of ${vector.length} has no entry ${i}.`);
  return value;
}

/** The entry (i, j) of a matrix.  @throws RangeError outside of it */
export function cell(matrix: Matrix, i: number, j: number): number {
  const row = matrix[i];
  if (row === undefined) throw new RangeError(`A matrix of ${matrix.length} rows has no row ${i}.`);
  return at(row, j);
}

export function dot(a: Vector, b: Vector): number {
  return a.reduce((sum, value, i) => sum + value * at(b, i), 0);
}

export function sum(values: Vector): number {
  return values.reduce((total, value) => total + value, 0);
}

export function mean(values: Vector): number {
  return sum(values) / values.length;
}

export function filled(count: number, value: number): number[] {
  return new Array<number>(count).fill(value);
}

/** The vector of length count with 1 at place i. */
export function unit(count: number, i: number): number[] {
  return Array.from({ length: count }, (_, j) => (i === j ? 1 : 0));
}

export function diagonal(matrix: Matrix): number[] {
  return matrix.map((_, i) => cell(matrix, i, i));
}

export function times(matrix: Matrix, vector: Vector): number[] {
  return matrix.map((row) => dot(row, vector));
}

/** aᵀ M b; for a Gramian the inner product of the two combined gradients. */
export function form(a: Vector, matrix: Matrix, b: Vector): number {
  return dot(a, times(matrix, b));
}

export function mapMatrix(matrix: Matrix, change: (value: number, i: number, j: number) => number): number[][] {
  return matrix.map((row, i) => row.map((value, j) => change(value, i, j)));
}

/** The rows and columns of the given tasks. */
export function submatrix(matrix: Matrix, indexes: readonly number[]): number[][] {
  return indexes.map((i) => indexes.map((j) => cell(matrix, i, j)));
}

/** Norms of the gradients behind a Gramian. A rounding error below 0 on the diagonal counts as 0. */
export function norms(gramian: Matrix): number[] {
  return diagonal(gramian).map((value) => Math.sqrt(Math.max(0, value)));
}

/** Cosine of the gradients i and j; 0 when one of them is 0. */
export function cosine(gramian: Matrix, i: number, j: number): number {
  const scale = Math.sqrt(Math.max(0, cell(gramian, i, i))) * Math.sqrt(Math.max(0, cell(gramian, j, j)));
  return scale > 0 ? Math.max(-1, Math.min(1, cell(gramian, i, j) / scale)) : 0;
}

/** Solves M x = b for a symmetric positive definite M by Cholesky's factors; null when M is not numerically positive definite. */
export function solvePositive(matrix: Matrix, b: Vector): number[] | null {
  const size = b.length;
  const factor: number[][] = [];
  for (let i = 0; i < size; i++) {
    const row: number[] = [];
    for (let j = 0; j <= i; j++) {
      let rest = cell(matrix, i, j);
      const other = j === i ? row : (factor[j] ?? []);
      for (let k = 0; k < j; k++) rest -= at(row, k) * at(other, k);
      if (j < i) row.push(rest / at(other, j));
      else if (rest > 0) row.push(Math.sqrt(rest));
      else return null;
    }
    factor.push(row);
  }
  const y: number[] = [];
  for (let i = 0; i < size; i++) {
    let rest = at(b, i);
    for (let k = 0; k < i; k++) rest -= cell(factor, i, k) * at(y, k);
    y.push(rest / cell(factor, i, i));
  }
  const x = filled(size, 0);
  for (let i = size - 1; i >= 0; i--) {
    let rest = at(y, i);
    for (let k = i + 1; k < size; k++) rest -= cell(factor, k, i) * at(x, k);
    x[i] = rest / cell(factor, i, i);
  }
  return x;
}

/** Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, section 8.5).
 *  @returns values in no particular order; vectors[k] belongs to values[k] and has length 1 */
export function eigen(matrix: Matrix): { values: number[]; vectors: number[][] } {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors = a.map((_, i) => unit(size, i)); // row k becomes the k-th eigenvector
  const norm = Math.sqrt(sum(a.flat().map((value) => value * value)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) off = Math.max(off, Math.abs(cell(a, p, q)));
    if (off <= 1e-17 * norm) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, p, q);
  }
  return { values: diagonal(a), vectors };
}

function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  const apq = cell(a, p, q);
  if (apq === 0) return;
  const theta = (cell(a, q, q) - cell(a, p, p)) / (2 * apq);
  const t = Math.abs(theta) > 1e150 ? 1 / (2 * theta) : (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1)); // theta² would overflow
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turn = (x: number[], y: number[]): void => {
    for (let k = 0; k < x.length; k++) {
      const xk = at(x, k);
      const yk = at(y, k);
      x[k] = c * xk - s * yk;
      y[k] = s * xk + c * yk;
    }
  };
  for (const row of a) {
    const ap = at(row, p);
    const aq = at(row, q);
    row[p] = c * ap - s * aq;
    row[q] = s * ap + c * aq;
  }
  const [rowP, rowQ, vectorP, vectorQ] = [a[p], a[q], vectors[p], vectors[q]];
  if (rowP === undefined || rowQ === undefined || vectorP === undefined || vectorQ === undefined)
    throw new RangeError('A rotation lies outside of the matrix.');
  turn(rowP, rowQ);
  turn(vectorP, vectorQ);
}

/** M with the given amount added to its diagonal, and as much more as rounding (a Gramian of single-precision gradients) has made it indefinite. */
export function liftDiagonal(matrix: Matrix, amount: number): number[][] {
  const lift = amount + 1.01 * Math.max(0, -Math.min(...eigen(matrix).values));
  return mapMatrix(matrix, (value, i, j) => value + (i === j ? lift : 0));
}

/** f(M) b for a symmetric positive semidefinite M: f acts on the eigenvalues; those at rounding level (below size * 1e-12 of the largest) are left out. */
export function spectral(matrix: Matrix, b: Vector, f: (eigenvalue: number, kept: readonly number[]) => number): number[] {
  const { values, vectors } = eigen(matrix);
  const threshold = Math.max(0, ...values) * matrix.length * 1e-12;
  const kept = values.filter((value) => value > threshold);
  const result = filled(b.length, 0);
  values.forEach((value, k) => {
    const vector = vectors[k] ?? [];
    if (value <= threshold) return;
    const coefficient = f(value, kept) * dot(vector, b);
    vector.forEach((component, i) => (result[i] = at(result, i) + coefficient * component));
  });
  return result;
}
