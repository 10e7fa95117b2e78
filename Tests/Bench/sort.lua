local numbers = {}
for i = 1, 1000000 do numbers[i] = i * 7368787 % 1000003 end
table.sort(numbers)
assert(#numbers == 1000000 and numbers[1] < numbers[1000000])
