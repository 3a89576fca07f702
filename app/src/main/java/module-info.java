/** The command {@code cajal}. */
module dev.cajal.app {
  requires static org.jspecify;
  requires dev.cajal.data;
  requires info.picocli;

  // picocli fills in the fields of the commands.
  opens dev.cajal.cli to
      info.picocli;
}
