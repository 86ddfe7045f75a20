// File names.

// baseName is the last part of a path.
export function baseName(path) {
  return path.split("/").pop();
}

// nameAt returns the name of the file or folder at an address, which must have
// no query; "" if the name is not UTF-8.
export function nameAt(address) {
  try {
    return decodeURIComponent(baseName(address.replace(/\/$/, "")));
  } catch (err) {
    return "";
  }
}

// stemLength is the length of a name without its extension.
export function stemLength(name) {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? dot : name.length;
}

// pastedName returns a name for a pasted file. Browsers call a picture without a
// name "image.png"; that becomes a word, the time, and a number from the second
// file on.
export function pastedName(file, word, when, index) {
  if (file.name && !/^image\.\w+$/.test(file.name)) {
    return file.name;
  }
  const local = new Date(when - 60000 * when.getTimezoneOffset());
  const time = local.toISOString().slice(0, 19).replace("T", " ").replace(/:/g, ".");
  const extension = (file.name.match(/\.\w+$/) || ["." + file.type.replace(/.*\/|\+.*/g, "")])[0];
  return word + " " + time + (index ? " " + (index + 1) : "") + extension;
}
