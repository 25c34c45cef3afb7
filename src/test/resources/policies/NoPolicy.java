/** Nothing to do with scheduling. */
class NoPolicy {}
