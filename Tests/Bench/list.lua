local numbers = {}
for i = 1, 1000000 do numbers[i] = i end
assert(#numbers == 1000000)
