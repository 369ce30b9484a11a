a = 1
# region: x
import os
# endregion
