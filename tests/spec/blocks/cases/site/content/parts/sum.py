import sys

# region: sum
def total(numbers):
    # region: loop
    result = 0
    for n in numbers:
        result += n
    # endregion
    return result
# endregion

print(total(map(int, sys.argv[1:])))
