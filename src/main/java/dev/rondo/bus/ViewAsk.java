package dev.rondo.bus;

/** Asks for the present value of something that is also published. */
public enum ViewAsk {
  NOW
}
