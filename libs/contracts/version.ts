/** Version of this build, as in package.json; targets see it in `user-agent`. */
export const version = '0.1.0';
