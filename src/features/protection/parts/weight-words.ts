// Whether words speak of what the protective view keeps from a client. It only warns who writes; nothing is held back by it.

const SPOKEN = [
  // kg, lb and kcal also where they stand right behind a number.
  /(?<!\p{L})(weigh\w*|bmi|k?cal|calori\w*|pounds?|lbs?|kgs?|kilos?|kilograms?)(?!\p{L})/iu,
  /(?<!\p{L})(peso|pesa\w*|imc|calor[ií]as?|kilocalor[ií]as?|libras?|kilogramos?)(?!\p{L})/iu,
  /وزن|كتلة الجسم|سعر(ة|ات)|كيلو ?(غرام|جرام)|كغ|كجم|رطل/u,
];

export function speaksOfWeight(text: string): boolean {
  return SPOKEN.some((words) => words.test(text));
}
