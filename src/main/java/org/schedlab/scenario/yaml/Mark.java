package org.schedlab.scenario.yaml;

import org.schedlab.program.Location;

/**
 * A place in a source. Line and column count from 1, columns in code points; both are 0 for an
 * option of the command line.
 */
record Mark(Source source, int line, int column) {
  Location location() {
    return new Location(line, column);
  }
}
