;; The two passes of a resize with precomputed taps: sums of bytes times 16-bit weights (of 4096 in all), rounded, cut to 0..255.
;; Assembled with wabt 1.0.39 (wat2wasm --enable-simd): pictureResizeWasm.ts holds the bytes. All addresses are bytes in the one memory.
;; Tables are filled up with weights of zero, so that no loop has a remainder; what is written beyond a row is written over later.
(module
  (memory (export "memory") 16)

  ;; Down the columns. rows: [height, taps] addresses of source rows; weights: [height, taps]; taps even.
  (func (export "vertical") (param $rows i32) (param $weights i32) (param $taps i32) (param $out i32) (param $stride i32) (param $bytes i32) (param $height i32)
    (local $x i32) (local $i i32) (local $r i32) (local $k i32)
    (local $a v128) (local $b v128) (local $pair v128) (local $w v128)
    (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $height)))
        (local.set $x (i32.const 0))
        (loop $column
          (local.set $s0 (v128.const i32x4 2048 2048 2048 2048))
          (local.set $s1 (local.get $s0))
          (local.set $s2 (local.get $s0))
          (local.set $s3 (local.get $s0))
          (local.set $i (local.get $taps))
          (local.set $r (local.get $rows))
          (local.set $k (local.get $weights))
          (loop $tap
            (local.set $a (v128.load (i32.add (i32.load (local.get $r)) (local.get $x))))
            (local.set $b (v128.load (i32.add (i32.load offset=4 (local.get $r)) (local.get $x))))
            (local.set $w (v128.load32_splat (local.get $k)))
            (local.set $pair (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $a) (local.get $b)))
            (local.set $s0 (i32x4.add (local.get $s0) (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $pair)) (local.get $w))))
            (local.set $s1 (i32x4.add (local.get $s1) (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $pair)) (local.get $w))))
            (local.set $pair (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31 (local.get $a) (local.get $b)))
            (local.set $s2 (i32x4.add (local.get $s2) (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $pair)) (local.get $w))))
            (local.set $s3 (i32x4.add (local.get $s3) (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $pair)) (local.get $w))))
            (local.set $r (i32.add (local.get $r) (i32.const 8)))
            (local.set $k (i32.add (local.get $k) (i32.const 4)))
            (local.set $i (i32.sub (local.get $i) (i32.const 2)))
            (br_if $tap (i32.gt_s (local.get $i) (i32.const 0))))
          (v128.store (i32.add (local.get $out) (local.get $x))
            (i8x16.narrow_i16x8_u
              (i16x8.narrow_i32x4_s (i32x4.shr_s (local.get $s0) (i32.const 12)) (i32x4.shr_s (local.get $s1) (i32.const 12)))
              (i16x8.narrow_i32x4_s (i32x4.shr_s (local.get $s2) (i32.const 12)) (i32x4.shr_s (local.get $s3) (i32.const 12)))))
          (local.set $x (i32.add (local.get $x) (i32.const 16)))
          (br_if $column (i32.lt_s (local.get $x) (local.get $bytes))))
        (local.set $rows (i32.add (local.get $rows) (i32.shl (local.get $taps) (i32.const 2))))
        (local.set $weights (i32.add (local.get $weights) (i32.shl (local.get $taps) (i32.const 1))))
        (local.set $out (i32.add (local.get $out) (local.get $stride)))
        (local.set $height (i32.sub (local.get $height) (i32.const 1)))
        (br $row))))

  ;; Along the rows, three channels. firsts: [width] byte offsets of the first tap in a row; weights: [width, taps]; taps a multiple of 4.
  (func (export "horizontal3") (param $src i32) (param $stride i32) (param $firsts i32) (param $weights i32) (param $taps i32) (param $out i32) (param $width i32) (param $height i32)
    (local $x i32) (local $i i32) (local $p i32) (local $k i32) (local $s v128) (local $v v128) (local $zero v128)
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $height)))
        (local.set $x (i32.const 0))
        (local.set $k (local.get $weights))
        (loop $pixel
          (local.set $s (v128.const i32x4 2048 2048 2048 2048))
          (local.set $p (i32.add (local.get $src) (i32.load (i32.add (local.get $firsts) (i32.shl (local.get $x) (i32.const 2))))))
          (local.set $i (local.get $taps))
          (loop $tap
            (local.set $v (v128.load (local.get $p)))
            (local.set $s (i32x4.add (local.get $s)
              (i32x4.dot_i16x8_s (i8x16.shuffle 0 16 3 16 1 16 4 16 2 16 5 16 16 16 16 16 (local.get $v) (local.get $zero)) (v128.load32_splat (local.get $k)))))
            (local.set $s (i32x4.add (local.get $s)
              (i32x4.dot_i16x8_s (i8x16.shuffle 6 16 9 16 7 16 10 16 8 16 11 16 16 16 16 16 (local.get $v) (local.get $zero)) (v128.load32_splat offset=4 (local.get $k)))))
            (local.set $p (i32.add (local.get $p) (i32.const 12)))
            (local.set $k (i32.add (local.get $k) (i32.const 8)))
            (local.set $i (i32.sub (local.get $i) (i32.const 4)))
            (br_if $tap (i32.gt_s (local.get $i) (i32.const 0))))
          (local.set $v (i32x4.shr_s (local.get $s) (i32.const 12)))
          (local.set $v (i16x8.narrow_i32x4_s (local.get $v) (local.get $v)))
          (v128.store32_lane 0 (local.get $out) (i8x16.narrow_i16x8_u (local.get $v) (local.get $v)))
          (local.set $out (i32.add (local.get $out) (i32.const 3)))
          (local.set $x (i32.add (local.get $x) (i32.const 1)))
          (br_if $pixel (i32.lt_s (local.get $x) (local.get $width))))
        (local.set $src (i32.add (local.get $src) (local.get $stride)))
        (local.set $height (i32.sub (local.get $height) (i32.const 1)))
        (br $row))))

  ;; The same with one channel; taps a multiple of 8.
  (func (export "horizontal1") (param $src i32) (param $stride i32) (param $firsts i32) (param $weights i32) (param $taps i32) (param $out i32) (param $width i32) (param $height i32)
    (local $x i32) (local $i i32) (local $p i32) (local $k i32) (local $s v128)
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $height)))
        (local.set $x (i32.const 0))
        (local.set $k (local.get $weights))
        (loop $pixel
          (local.set $s (v128.const i32x4 2048 0 0 0))
          (local.set $p (i32.add (local.get $src) (i32.load (i32.add (local.get $firsts) (i32.shl (local.get $x) (i32.const 2))))))
          (local.set $i (local.get $taps))
          (loop $tap
            (local.set $s (i32x4.add (local.get $s)
              (i32x4.dot_i16x8_s (v128.load8x8_u (local.get $p)) (v128.load (local.get $k)))))
            (local.set $p (i32.add (local.get $p) (i32.const 8)))
            (local.set $k (i32.add (local.get $k) (i32.const 16)))
            (local.set $i (i32.sub (local.get $i) (i32.const 8)))
            (br_if $tap (i32.gt_s (local.get $i) (i32.const 0))))
          (local.set $s (i32x4.add (local.get $s) (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $s) (local.get $s))))
          (local.set $s (i32x4.add (local.get $s) (i8x16.shuffle 4 5 6 7 0 1 2 3 4 5 6 7 0 1 2 3 (local.get $s) (local.get $s))))
          (local.set $s (i32x4.shr_s (local.get $s) (i32.const 12)))
          (local.set $s (i16x8.narrow_i32x4_s (local.get $s) (local.get $s)))
          (v128.store8_lane 0 (local.get $out) (i8x16.narrow_i16x8_u (local.get $s) (local.get $s)))
          (local.set $out (i32.add (local.get $out) (i32.const 1)))
          (local.set $x (i32.add (local.get $x) (i32.const 1)))
          (br_if $pixel (i32.lt_s (local.get $x) (local.get $width))))
        (local.set $src (i32.add (local.get $src) (local.get $stride)))
        (local.set $height (i32.sub (local.get $height) (i32.const 1)))
        (br $row)))))
