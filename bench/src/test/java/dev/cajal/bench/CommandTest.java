package dev.cajal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandTest {

  @Test
  void helpExplainsTheOptions() {
    var out = new StringWriter();
    assertThat(new CommandLine(new Main()).setOut(new PrintWriter(out)).execute("--help")).isZero();
    assertThat(out.toString()).contains("--peers", "--only", "--threads", "--json", "--kernels");
  }

  @Test
  void aWorkloadThatIsNotThereIsRefusedWithThoseThatAre() {
    var err = new StringWriter();
    CommandLine command = new CommandLine(new Main()).setErr(new PrintWriter(err));
    assertThat(command.execute("--only", "W2,W11")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no workload 'W11': they are W1 to W9");
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    for (String[] words :
        new String[][] {
          {"--threads", "0"}, {"--threads", "1,5000"}, {"--rounds", "-1"}, {"--rounds", "many"}
        }) {
      var err = new StringWriter();
      CommandLine command = new CommandLine(new Main()).setErr(new PrintWriter(err));
      assertThat(command.execute(words)).as(String.join(" ", words)).isEqualTo(2);
      assertThat(err.toString()).contains("is from 1 to");
    }
  }
}
