"""The playground: two phones on one page, and a clock that can be turned forward."""
