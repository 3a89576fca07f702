/** From files to what networks learn from: tables, images, arrays, and built-in data. */
module dev.cajal.data {
  requires static org.jspecify;
  requires transitive dev.cajal.nn;
  requires java.desktop;
  requires java.sql;

  exports dev.cajal.data.builtin;
  exports dev.cajal.data.image;
  exports dev.cajal.data.model;
  exports dev.cajal.data.numpy;
  exports dev.cajal.data.prepare;
  exports dev.cajal.data.table;
}
