"""`brygga serve`, whose supervisor waits at most half a second before it starts a part again.

In service a part that dies young again and again is started later each time. Here it is killed
again and again on purpose, and a thousand kills should not take half a day.
"""

import sys

from brygga.config import processes
from brygga.config.commandline import main

processes.LONGEST_PAUSE = 0.5

if __name__ == "__main__":
    sys.exit(main())
