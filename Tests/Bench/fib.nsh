# Recursion.
def fib [n: int] {
  if $n < 2 { return $n }
  return (fib ($n - 1)) + (fib ($n - 2))
}
assert (fib 27) == 196418
