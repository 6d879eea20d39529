/** How texts call the program where they say what to type: pasted into a terminal it runs. In a checkout that is npm's npx; usage lines and names of commands
 *  say `auxlab` alone. */
export const program = 'npx auxlab';
