package dev.cajal.engine.cpu.emit;

import static dev.cajal.engine.cpu.emit.VectorApi.INTS;
import static dev.cajal.engine.cpu.emit.VectorApi.SPECIES;
import static dev.cajal.engine.cpu.emit.VectorApi.VECTOR;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.cajal.random.Philox;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

/**
 * Writes {@link Philox} for as many blocks at once as a vector has longs. As there, two words ride
 * in one long, the even one in its upper half, and a round is
 *
 * <pre>
 *   (left, right) → (M₁·high(right) ⊕ 2³²·left ⊕ 2³²·k₀,  M₀·high(left) ⊕ 2³²·right ⊕ 2³²·k₁)
 * </pre>
 */
final class PhiloxCode {
  private static final ClassDesc LONGS = ClassDesc.of("jdk.incubator.vector.LongVector");
  private static final ClassDesc OPERATORS = ClassDesc.of("jdk.incubator.vector.VectorOperators");
  private static final ClassDesc BINARY =
      ClassDesc.of("jdk.incubator.vector.VectorOperators$Binary");
  private static final ClassDesc ASSOCIATIVE =
      ClassDesc.of("jdk.incubator.vector.VectorOperators$Associative");

  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;

  /** Writes the words of blocks one after the other. */
  interface Filler {
    /** Writes so many blocks, which are a multiple of half the number of lanes. */
    void fill(long key, long firstBlock, long stream, int blocks, int[] out, int offset);
  }

  private final Lanes lanes;
  private final Code code;
  private final CodeBuilder out;

  private PhiloxCode(CodeBuilder out, Lanes lanes) {
    this.lanes = lanes;
    this.code = new Code(out, lanes);
    this.out = out;
  }

  static Filler filler(Lanes lanes) {
    return Generated.instance(
        MethodHandles.lookup(),
        Filler.class,
        "Philox" + lanes.count(),
        "fill",
        MethodTypeDesc.of(CD_void, CD_long, CD_long, CD_long, CD_int, Kind.I32.array(), CD_int),
        body -> new PhiloxCode(body, lanes).write());
  }

  private void write() {
    int[][] keys = roundKeys(out.parameterSlot(0));
    // shifted in place, the compiler sees that only half of the bits count, and takes the
    // instruction that multiplies no more
    int multiplier0 = multiplier(MULTIPLIER_0);
    int multiplier1 = multiplier(MULTIPLIER_1);
    int stream = stored(() -> shift("ROL", broadcast(out.parameterSlot(2)), 32));
    int counters =
        stored(() -> {
          load(broadcast(out.parameterSlot(1)));
          out.loadConstant(1).invokevirtual(LONGS, "addIndex", MethodTypeDesc.of(LONGS, CD_int));
        });
    Value[] order = {order(0), order(lanes.count() / 2)};
    Value array = code.parameter(Kind.I32, 4);
    Value offset = code.parameter(Kind.I32, 5);
    code.loop(
        code.constant(0),
        code.parameter(Kind.I32, 3),
        lanes.count() / 2,
        block -> {
          int left = stored(() -> shift("ROL", counters, 32));
          int right = stream;
          for (int[] key : keys) {
            int next = mixed(multiplier1, right, left, key[0]);
            right = mixed(multiplier0, left, right, key[1]);
            left = next;
          }
          Value first = code.plus(offset, code.shiftLeft(block, 2));
          store(left, right, order, array, first);
          load(counters);
          out.loadConstant((long) lanes.count() / 2);
          out.invokevirtual(LONGS, "add", MethodTypeDesc.of(LONGS, CD_long)).astore(counters);
        });
    out.return_();
  }

  /** The keys of each round, in the upper halves of all lanes. */
  private int[][] roundKeys(int key) {
    int[][] keys = new int[ROUNDS][];
    for (int round = 0; round < ROUNDS; round++) {
      long left = ((long) WEYL_0 * round) << 32;
      long right = ((long) WEYL_1 * round) << 32;
      int scalar = out.allocateLocal(TypeKind.LONG);
      out.lload(key).loadConstant(32).lshl().loadConstant(left).ladd().lstore(scalar);
      int first = broadcast(scalar);
      scalar = out.allocateLocal(TypeKind.LONG);
      out.lload(key).loadConstant(32).lushr().loadConstant(32).lshl();
      out.loadConstant(right).ladd().lstore(scalar);
      keys[round] = new int[] {first, broadcast(scalar)};
    }
    return keys;
  }

  private int multiplier(long multiplier) {
    int number = out.allocateLocal(TypeKind.LONG);
    out.loadConstant(multiplier << 32).lstore(number);
    return stored(() -> shift("LSHR", broadcast(number), 32));
  }

  /** multiplier · high(pair) ⊕ 2³²·other ⊕ key. */
  private int mixed(int multiplier, int pair, int other, int key) {
    int product =
        stored(() -> {
          shift("LSHR", pair, 32);
          load(multiplier);
          out.invokevirtual(LONGS, "mul", MethodTypeDesc.of(LONGS, VECTOR));
        });
    int crossed =
        stored(() -> {
          shift("LSHL", other, 32);
          xor(key);
        });
    return stored(() -> {
      load(product);
      xor(crossed);
    });
  }

  /**
   * For half of a vector's blocks, which ints of left and right hold their words in order: the
   * words of block b are ints 2b + 1 and 2b of left, then of right.
   */
  private Value order(int firstInt) {
    Value place = code.indices(code.constant(0), 1);
    Value one = code.constant(1);
    Value block = code.shiftLeft(code.shiftRight(place, 2), 1);
    Value flipped = code.bitXor(code.bitAnd(place, one), one);
    Value side = code.bitAnd(code.shiftRight(place, 1), one);
    Value ofSide = code.times(side, code.constant(lanes.count()));
    return code.plus(code.plus(block, flipped), code.plus(ofSide, code.constant(firstInt)));
  }

  /** Stores the words of the blocks in order. */
  private void store(int left, int right, Value[] order, Value array, Value first) {
    Value leftInts = ints(left);
    Value rightInts = ints(right);
    code.store(array, first, code.selectFrom(order[0], leftInts, rightInts));
    Value second = code.plus(first, code.constant(lanes.count()));
    code.store(array, second, code.selectFrom(order[1], leftInts, rightInts));
  }

  private Value ints(int longs) {
    load(longs);
    out.invokevirtual(LONGS, "reinterpretAsInts", MethodTypeDesc.of(INTS));
    int local = out.allocateLocal(TypeKind.REFERENCE);
    out.astore(local);
    return new Value(Kind.I32, false, local);
  }

  // Vectors of longs, as local variables.

  private int broadcast(int number) {
    return stored(() -> {
      out.getstatic(LONGS, "SPECIES_" + lanes.bits(), SPECIES).lload(number);
      out.invokestatic(LONGS, "broadcast", MethodTypeDesc.of(LONGS, SPECIES, CD_long));
    });
  }

  private void shift(String operator, int vector, int bits) {
    load(vector);
    out.getstatic(OPERATORS, operator, BINARY).loadConstant((long) bits);
    out.invokevirtual(LONGS, "lanewise", MethodTypeDesc.of(LONGS, BINARY, CD_long));
  }

  /** Of the vector on the stack and another. */
  private void xor(int vector) {
    out.getstatic(OPERATORS, "XOR", ASSOCIATIVE);
    load(vector);
    out.invokevirtual(LONGS, "lanewise", MethodTypeDesc.of(LONGS, BINARY, VECTOR));
  }

  private void load(int vector) {
    out.aload(vector);
  }

  private int stored(Runnable push) {
    push.run();
    int local = out.allocateLocal(TypeKind.REFERENCE);
    out.astore(local);
    return local;
  }
}
