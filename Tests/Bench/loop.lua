local n, i = 0, 0
while i < 10000000 do
  n = n + i
  i = i + 1
end
assert(n == 49999995000000)
