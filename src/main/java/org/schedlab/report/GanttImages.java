package org.schedlab.report;

/** A chart as the bytes of two files. */
record GanttImages(byte[] png, byte[] svg) {}
